#include "CSSH2.h"

#include <errno.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { OPENING_CAPACITY = 8192, TOKENS_AT_ONCE = 128 };

/// What the library is told of the end of the socket: nothing yet, or the truth.
static ssize_t wire_end(plumbline_wire *wire, ssize_t truth) {
    wire->ended = 1;
    return wire->end_told ? truth : -EAGAIN;
}

static ssize_t wire_recv(libssh2_socket_t socket, void *buffer, size_t length, int flags, void **abstract) {
    plumbline_wire *wire = *abstract;
    (void)socket;
    if (wire->severed) return 0;
    if (wire->opening && wire->opening_served == wire->opening_length && !wire->opening_kept) {
        free(wire->opening);
        wire->opening = NULL;
    }
    ssize_t got;
    if (wire->opening && wire->opening_served == wire->opening_length && wire->opening_length < OPENING_CAPACITY) {
        // libssh2 reads the banner byte by byte: read ahead here, so that a handshake costs few system calls.
        got = recv(wire->descriptor, wire->opening + wire->opening_length, OPENING_CAPACITY - wire->opening_length, flags);
        if (got > 0) {
            wire->received += (uint64_t)got;
            wire->opening_length += (size_t)got;
        } else {
            if (got < 0) got = -errno;
            if (got < 0 && got != -EAGAIN && got != -EINTR) wire->last_errno = (int)-got;
            return got == -EINTR || got == -EAGAIN ? -EAGAIN : wire_end(wire, got);
        }
    }
    if (wire->opening && wire->opening_served < wire->opening_length) {
        size_t ahead = wire->opening_length - wire->opening_served;
        if (ahead > length) ahead = length;
        memcpy(buffer, wire->opening + wire->opening_served, ahead);
        wire->opening_served += ahead;
        return (ssize_t)ahead;
    }
    got = recv(wire->descriptor, buffer, length, flags);
    if (got > 0) wire->received += (uint64_t)got;
    if (got > 0) return got;
    if (got == 0) return wire_end(wire, 0);
    if (errno == EAGAIN || errno == EINTR) return -EAGAIN;
    wire->last_errno = errno;
    return wire_end(wire, -errno);
}

static ssize_t wire_send(libssh2_socket_t socket, const void *buffer, size_t length, int flags, void **abstract) {
    plumbline_wire *wire = *abstract;
    (void)socket;
    if (wire->severed) return -EPIPE;
    ssize_t put = send(wire->descriptor, buffer, length, flags | MSG_NOSIGNAL);
    if (put < 0) {
        if (errno != EAGAIN && errno != EINTR) wire->last_errno = errno;
        return errno == EINTR ? -EAGAIN : -errno;
    }
    wire->sent += (uint64_t)put;
    return put;
}

static void wire_disconnected(
    LIBSSH2_SESSION *session, int reason, const char *message, int message_length, const char *language,
    int language_length, void **abstract) {
    plumbline_wire *wire = *abstract;
    (void)session, (void)language, (void)language_length;
    wire->disconnect_reason = reason;
    size_t length = message_length > 0 ? (size_t)message_length : 0;
    if (length >= sizeof wire->disconnect_text) length = sizeof wire->disconnect_text - 1;
    if (message && length) memcpy(wire->disconnect_text, message, length);
    wire->disconnect_text[length] = 0;
}

LIBSSH2_SESSION *plumbline_session_new(plumbline_wire *wire) {
    LIBSSH2_SESSION *session = libssh2_session_init_ex(NULL, NULL, NULL, wire);
    if (!session) return NULL;
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_RECV, (void *)wire_recv);
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_SEND, (void *)wire_send);
    libssh2_session_callback_set(session, LIBSSH2_CALLBACK_DISCONNECT, (void *)wire_disconnected);
    libssh2_session_set_blocking(session, 0);
    return session;
}

void plumbline_wire_keep_opening(plumbline_wire *wire) {
    if (!wire->opening) wire->opening = malloc(OPENING_CAPACITY);
    wire->opening_kept = wire->opening != NULL;
}

void plumbline_wire_forget_opening(plumbline_wire *wire) {
    wire->opening_kept = 0;
    if (wire->opening_served == wire->opening_length || wire->severed) {
        free(wire->opening);
        wire->opening = NULL;
    }
}

static int sign_elsewhere(
    LIBSSH2_SESSION *session, unsigned char **signature, size_t *signature_length, const unsigned char *data,
    size_t data_length, void **abstract) {
    plumbline_signing *signing = *abstract;
    (void)session;
    if (signing->refused) return -1;
    if (signing->signature) {
        // The library frees this with its own allocator, which is malloc's.
        *signature = malloc(signing->signature_length);
        if (!*signature) return -1;
        memcpy(*signature, signing->signature, signing->signature_length);
        *signature_length = signing->signature_length;
        return 0;
    }
    if (!signing->data) {
        signing->data = malloc(data_length);
        if (!signing->data) return -1;
        memcpy(signing->data, data, data_length);
        signing->data_length = data_length;
    }
    return LIBSSH2_ERROR_EAGAIN;
}

int plumbline_authenticate_by_signature(
    LIBSSH2_SESSION *session, const char *user, size_t user_length, const unsigned char *key, size_t key_length,
    plumbline_signing *signing) {
    void *abstract = signing;
    (void)user_length;
    return libssh2_userauth_publickey(session, user, key, key_length, sign_elsewhere, &abstract);
}

static void answer_prompts(
    const char *name, int name_length, const char *instruction, int instruction_length, int count,
    const LIBSSH2_USERAUTH_KBDINT_PROMPT *prompts, LIBSSH2_USERAUTH_KBDINT_RESPONSE *responses, void **abstract) {
    plumbline_wire *wire = *abstract;
    (void)name, (void)name_length, (void)instruction, (void)instruction_length;
    for (int index = 0; index < count; index++) {
        wire->prompts_seen++;
        responses[index].text = NULL;
        responses[index].length = 0;
        if (prompts[index].echo || !wire->secret) continue;
        char *copy = malloc(wire->secret_length + 1);
        if (!copy) continue;
        memcpy(copy, wire->secret, wire->secret_length);
        copy[wire->secret_length] = 0;
        responses[index].text = copy;
        responses[index].length = (unsigned int)wire->secret_length;
        wire->secrets_given++;
    }
}

int plumbline_authenticate_interactively(LIBSSH2_SESSION *session, const char *user, size_t user_length) {
    return libssh2_userauth_keyboard_interactive_ex(session, user, (unsigned int)user_length, answer_prompts);
}

int plumbline_hmac_sha1(
    const unsigned char *key, size_t key_length, const unsigned char *text, size_t text_length, unsigned char *digest) {
    unsigned int length = 20;
    return HMAC(EVP_sha1(), key, (int)key_length, text, text_length, digest, &length) != NULL && length == 20;
}

int plumbline_sha256(const unsigned char *bytes, size_t length, unsigned char *digest) {
    unsigned int size = 32;
    return EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL);
}

/// Adds the key's numbers to `builder`; the exponents and the coefficient are worked out, since ssh keeps only some of them.
static int add_rsa_numbers(OSSL_PARAM_BLD *builder, BIGNUM *numbers[8], BN_CTX *context) {
    BIGNUM *one = BN_CTX_get(context);
    BIGNUM *less = BN_CTX_get(context);
    if (!less || !BN_one(one)) return 0;
    BIGNUM *d = numbers[2], *p = numbers[3], *q = numbers[4];
    if (!BN_sub(less, p, one) || !BN_mod(numbers[5], d, less, context)) return 0;
    if (!BN_sub(less, q, one) || !BN_mod(numbers[6], d, less, context)) return 0;
    if (!BN_mod_inverse(numbers[7], q, p, context)) return 0;
    static const char *const names[8] = {
        OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D, OSSL_PKEY_PARAM_RSA_FACTOR1,
        OSSL_PKEY_PARAM_RSA_FACTOR2, OSSL_PKEY_PARAM_RSA_EXPONENT1, OSSL_PKEY_PARAM_RSA_EXPONENT2,
        OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
    };
    for (int index = 0; index < 8; index++) {
        if (!OSSL_PARAM_BLD_push_BN(builder, names[index], numbers[index])) return 0;
    }
    return 1;
}

void *plumbline_rsa_new(
    const unsigned char *n, size_t n_length, const unsigned char *e, size_t e_length, const unsigned char *d, size_t d_length,
    const unsigned char *p, size_t p_length, const unsigned char *q, size_t q_length) {
    const unsigned char *bytes[5] = {n, e, d, p, q};
    const size_t lengths[5] = {n_length, e_length, d_length, p_length, q_length};
    BIGNUM *numbers[8] = {0};
    int complete = 1;
    for (int index = 0; index < 8; index++) {
        numbers[index] = index < 5 ? BN_bin2bn(bytes[index], (int)lengths[index], NULL) : BN_new();
        complete = complete && numbers[index];
    }
    BN_CTX *context = BN_CTX_new();
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *maker = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM *parameters = NULL;
    EVP_PKEY *key = NULL;
    if (context) BN_CTX_start(context);
    if (complete && context && builder && maker && add_rsa_numbers(builder, numbers, context)) {
        parameters = OSSL_PARAM_BLD_to_param(builder);
        if (!parameters || EVP_PKEY_fromdata_init(maker) != 1 ||
            EVP_PKEY_fromdata(maker, &key, EVP_PKEY_KEYPAIR, parameters) != 1) {
            key = NULL;
        }
    }
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(maker);
    if (context) BN_CTX_end(context);
    BN_CTX_free(context);
    for (int index = 0; index < 8; index++) BN_clear_free(numbers[index]);
    return key;
}

/// Without this, a PEM file with a passphrase would ask on the terminal.
static int give_passphrase(char *buffer, int size, int writing, void *passphrase) {
    (void)writing;
    size_t length = passphrase ? strlen(passphrase) : 0;
    if (length > (size_t)size) return -1;
    if (length) memcpy(buffer, passphrase, length);
    return (int)length;
}

void *plumbline_rsa_from_pem(const char *text, size_t length, const char *passphrase) {
    BIO *memory = BIO_new_mem_buf(text, (int)length);
    if (!memory) return NULL;
    EVP_PKEY *key = PEM_read_bio_PrivateKey(memory, NULL, give_passphrase, (void *)passphrase);
    BIO_free(memory);
    if (key && EVP_PKEY_base_id(key) != EVP_PKEY_RSA) {
        EVP_PKEY_free(key);
        return NULL;
    }
    return key;
}

void plumbline_rsa_free(void *key) { EVP_PKEY_free(key); }

size_t plumbline_rsa_sign(
    void *key, int bits, const unsigned char *data, size_t data_length, unsigned char *signature, size_t capacity) {
    const EVP_MD *digest = bits == 512 ? EVP_sha512() : bits == 256 ? EVP_sha256() : EVP_sha1();
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = capacity;
    int made = context && EVP_DigestSignInit(context, NULL, digest, NULL, key) == 1 &&
               EVP_DigestSign(context, signature, &length, data, data_length) == 1;
    EVP_MD_CTX_free(context);
    return made ? length : 0;
}

int plumbline_rsa_public(void *key, unsigned char *n, size_t *n_length, unsigned char *e, size_t *e_length) {
    BIGNUM *modulus = NULL, *exponent = NULL;
    int fits = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1 &&
               EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
               (size_t)BN_num_bytes(modulus) <= *n_length && (size_t)BN_num_bytes(exponent) <= *e_length;
    if (fits) {
        *n_length = (size_t)BN_bn2bin(modulus, n);
        *e_length = (size_t)BN_bn2bin(exponent, e);
    }
    BN_free(modulus);
    BN_free(exponent);
    return fits;
}

int plumbline_epoll_arm(int epoll, int descriptor, uint64_t token, int directions, int first_time) {
    struct epoll_event event = {0};
    event.events = EPOLLONESHOT;
    if (directions & 1) event.events |= EPOLLIN | EPOLLRDHUP;
    if (directions & 2) event.events |= EPOLLOUT;
    event.data.u64 = token;
    return epoll_ctl(epoll, first_time ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event) == 0 ? 0 : errno;
}

int plumbline_epoll_wait(int epoll, uint64_t *tokens, int capacity, int timeout_ms) {
    struct epoll_event events[TOKENS_AT_ONCE];
    int count = epoll_wait(epoll, events, capacity < TOKENS_AT_ONCE ? capacity : TOKENS_AT_ONCE, timeout_ms);
    for (int index = 0; index < count; index++) tokens[index] = events[index].data.u64;
    return count;
}

int plumbline_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int plumbline_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }
int plumbline_eventfd_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void plumbline_release_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
