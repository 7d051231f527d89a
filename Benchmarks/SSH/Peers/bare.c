/* The least that a client of many hosts can do with libssh2: one thread, epoll, no configuration, no host key check. It is the
 * measure for what Plumbline adds.
 *
 *     bare PORT USER KEY COUNT WINDOW COMMAND...
 *
 * Host number i is 127.1.(i / 250).(1 + i % 250), or 127.0.0.1 when BARE_ONE_ADDRESS is set. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libssh2.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum stage { CONNECTING, HANDSHAKE, LOGIN, OPENING, STARTING, READING, CLOSING, AWAITING, ASKED, BROKEN };

struct host {
    int number, socket, command, bytes;
    enum stage stage;
    LIBSSH2_SESSION *session;
    LIBSSH2_CHANNEL *channel;
};

static const char *user, *key;
static char public_key[4096];
static char **commands;
static int command_count, port, poller, opening, over;

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void dial(struct host *host) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    char text[32];
    int i = host->number, one = 1;
    snprintf(text, sizeof text, "127.1.%d.%d", i / 250, 1 + i % 250);
    address.sin_addr.s_addr = inet_addr(getenv("BARE_ONE_ADDRESS") ? "127.0.0.1" : text);
    host->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(host->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connect(host->socket, (struct sockaddr *)&address, sizeof address);
    host->stage = CONNECTING;
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = host};
    epoll_ctl(poller, EPOLL_CTL_ADD, host->socket, &event);
    opening++;
}

static int finish(struct host *host, enum stage end) {
    if (host->stage < OPENING) opening--;
    host->stage = end;
    over++;
    epoll_ctl(poller, EPOLL_CTL_DEL, host->socket, NULL);
    return 0;
}

/* One call of the library. Returns 1 when the next may be made at once, 0 when the host is over, EAGAIN else. */
static int step(struct host *host) {
    char buffer[32768];
    int code = 0;
    ssize_t count;
    switch (host->stage) {
    case CONNECTING:
        host->session = libssh2_session_init();
        libssh2_session_set_blocking(host->session, 0);
        host->stage = HANDSHAKE;
        return 1;
    case HANDSHAKE:
        code = libssh2_session_handshake(host->session, host->socket);
        if (code == 0) host->stage = LOGIN;
        break;
    case LOGIN:
        code = libssh2_userauth_publickey_fromfile_ex(host->session, user, strlen(user), public_key, key, NULL);
        if (code == 0) host->stage = OPENING, opening--;
        break;
    case OPENING:
        host->channel = libssh2_channel_open_session(host->session);
        if (host->channel) host->stage = STARTING, host->bytes = 0;
        else code = libssh2_session_last_errno(host->session);
        break;
    case STARTING:
        code = libssh2_channel_exec(host->channel, commands[host->command]);
        if (code == 0) host->stage = READING;
        break;
    case READING:
        count = libssh2_channel_read(host->channel, buffer, sizeof buffer);
        if (count > 0) host->bytes += count;
        else if (count < 0) code = (int)count;
        else if (libssh2_channel_eof(host->channel)) host->stage = CLOSING;
        else code = LIBSSH2_ERROR_EAGAIN;
        break;
    case CLOSING:
        code = libssh2_channel_close(host->channel);
        if (code == 0) host->stage = AWAITING;
        break;
    case AWAITING:
        code = libssh2_channel_wait_closed(host->channel);
        if (code == 0) {
            int status = libssh2_channel_get_exit_status(host->channel);
            libssh2_channel_free(host->channel);
            if (status != 0 || host->bytes == 0) return finish(host, BROKEN);
            if (++host->command == command_count) return finish(host, ASKED);
            host->stage = OPENING;
        }
        break;
    default: return 0;
    }
    if (code == LIBSSH2_ERROR_EAGAIN) return EAGAIN;
    if (code < 0) return finish(host, BROKEN);
    return 1;
}

static void advance(struct host *host) {
    int result;
    do result = step(host);
    while (result == 1);
    if (result != EAGAIN) return;
    int wanted = libssh2_session_block_directions(host->session);
    struct epoll_event event = {.data.ptr = host};
    if (wanted & LIBSSH2_SESSION_BLOCK_OUTBOUND) event.events |= EPOLLOUT;
    if (wanted & LIBSSH2_SESSION_BLOCK_INBOUND || event.events == 0) event.events |= EPOLLIN;
    epoll_ctl(poller, EPOLL_CTL_MOD, host->socket, &event);
}

int main(int argc, char **argv) {
    if (argc < 7) return 64;
    port = atoi(argv[1]), user = argv[2], key = argv[3];
    int count = atoi(argv[4]), window = atoi(argv[5]), next = 0, asked = 0;
    commands = argv + 6, command_count = argc - 6;
    snprintf(public_key, sizeof public_key, "%s.pub", key);
    struct host *hosts = calloc(count, sizeof *hosts);
    libssh2_init(0);
    poller = epoll_create1(0);
    double began = seconds();
    while (over < count) {
        for (; next < count && opening < window; next++) hosts[next].number = next, dial(&hosts[next]);
        struct epoll_event events[64];
        int ready = epoll_wait(poller, events, 64, 120000);
        if (ready <= 0) break;
        for (int i = 0; i < ready; i++) advance(events[i].data.ptr);
    }
    for (int i = 0; i < count; i++) {
        asked += hosts[i].stage == ASKED;
        if (!hosts[i].session) continue;
        libssh2_session_set_blocking(hosts[i].session, 1);
        libssh2_session_disconnect(hosts[i].session, "done");
        libssh2_session_free(hosts[i].session);
        close(hosts[i].socket);
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("{\"answered\": %d, \"wall\": %f, \"cpu\": %f}\n", asked, seconds() - began,
           use.ru_utime.tv_sec + use.ru_stime.tv_sec + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1e6);
    return asked == count ? 0 : 1;
}
