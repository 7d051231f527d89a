#include "CSSH2.h"

#include <errno.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

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
