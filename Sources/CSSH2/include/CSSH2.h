// What Swift cannot say itself about libssh2 and epoll: I/O callbacks with a C calling convention, function pointers passed
// as `void *`, macros with arguments, and a packed struct with a union. Each function does one such thing and decides nothing.
#ifndef PLUMBLINE_CSSH2_H
#define PLUMBLINE_CSSH2_H

#include <libssh2.h>
#include <stddef.h>
#include <stdint.h>

/// The socket as libssh2 sees it: counts what passes, keeps what the server says in clear text before encryption starts
/// (banner and KEXINIT, which the library does not hand out), and can be cut so that freeing a session never waits.
typedef struct plumbline_wire {
    int descriptor;
    /// Not zero: reads give end of file and writes give EPIPE, whatever the socket says.
    int severed;
    /// The socket has come to its end. The library is told only when `end_told` is set, since it throws away what it has
    /// queued when it hears of the end: `EAGAIN` until then.
    int ended;
    int end_told;
    uint64_t received;
    uint64_t sent;
    /// The last errno of the socket that was not EAGAIN; 0 for none.
    int last_errno;
    /// The first bytes of the server; `NULL` once let go.
    unsigned char *opening;
    size_t opening_length;
    size_t opening_served;
    int opening_kept;
    /// What SSH_MSG_DISCONNECT said; 0 when none came.
    int disconnect_reason;
    char disconnect_text[200];
    /// Answers for keyboard-interactive, owned by the caller of `plumbline_authenticate_interactively`.
    const char *secret;
    size_t secret_length;
    /// How many prompts with echo off were answered, and how many prompts came at all.
    int secrets_given;
    int prompts_seen;
} plumbline_wire;

/// A new non-blocking session that reads and writes through `wire`; `NULL` when memory is short.
LIBSSH2_SESSION *plumbline_session_new(plumbline_wire *wire);

/// Starts to keep the server's first bytes. Forget them when the handshake is over.
void plumbline_wire_keep_opening(plumbline_wire *wire);
void plumbline_wire_forget_opening(plumbline_wire *wire);

/// A signature that is made elsewhere. The library asks by setting `data`; it is answered by setting `signature`.
typedef struct plumbline_signing {
    unsigned char *data;
    size_t data_length;
    unsigned char *signature;
    size_t signature_length;
    int refused;
} plumbline_signing;

/// One step of public-key authentication whose signature comes from `signing`. EAGAIN with `data` set and no `signature`
/// means that the signer has the turn.
int plumbline_authenticate_by_signature(
    LIBSSH2_SESSION *session, const char *user, size_t user_length, const unsigned char *key, size_t key_length,
    plumbline_signing *signing);

/// One step of keyboard-interactive: every prompt with echo off is answered with `wire->secret`, every other with nothing.
int plumbline_authenticate_interactively(LIBSSH2_SESSION *session, const char *user, size_t user_length);

/// HMAC-SHA1 as hashed names in known_hosts use it; 1 when made. `digest` holds 20 bytes.
int plumbline_hmac_sha1(
    const unsigned char *key, size_t key_length, const unsigned char *text, size_t text_length, unsigned char *digest);
/// SHA-256, 32 bytes; 1 when made.
int plumbline_sha256(const unsigned char *bytes, size_t length, unsigned char *digest);

/// An RSA private key from its numbers (big-endian): modulus, public exponent, private exponent, primes. `NULL` when they are no
/// key. Free with `plumbline_rsa_free`.
void *plumbline_rsa_new(
    const unsigned char *n, size_t n_length, const unsigned char *e, size_t e_length, const unsigned char *d, size_t d_length,
    const unsigned char *p, size_t p_length, const unsigned char *q, size_t q_length);
/// The same from a PEM file's text; `passphrase` may be `NULL`.
void *plumbline_rsa_from_pem(const char *text, size_t length, const char *passphrase);
void plumbline_rsa_free(void *key);
/// Signs with PKCS#1 v1.5 over SHA-512 (`bits` 512), SHA-256 (256) or SHA-1 (1). Returns the length, 0 when it could not.
size_t plumbline_rsa_sign(
    void *key, int bits, const unsigned char *data, size_t data_length, unsigned char *signature, size_t capacity);
/// Writes the public half: modulus and exponent, big-endian. Returns 1 when both fit.
int plumbline_rsa_public(void *key, unsigned char *n, size_t *n_length, unsigned char *e, size_t *e_length);

/// Watches `descriptor` once: the next time it can be read (`directions` & 1) or written (& 2), `token` is reported and the
/// watch rests until it is armed again. Returns 0 or an errno.
int plumbline_epoll_arm(int epoll, int descriptor, uint64_t token, int directions, int first_time);
/// Waits at most `timeout_ms` (-1: no limit). Returns how many tokens were written.
int plumbline_epoll_wait(int epoll, uint64_t *tokens, int capacity, int timeout_ms);
/// A descriptor that can be read when the process has ended; -1 when there is no such process.
int plumbline_pidfd_open(int pid);

int plumbline_epoll_create(void);
int plumbline_eventfd_create(void);

/// Gives back the pages that malloc keeps after what stood in them was freed. libssh2 and OpenSSL free on whichever thread is at
/// hand, and glibc keeps an arena for each, so that a thousand closed connections would leave their memory with the process.
/// Nothing happens under another libc.
void plumbline_release_memory(void);

#endif
