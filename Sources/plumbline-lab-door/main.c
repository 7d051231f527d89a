/* The command that sshd runs for every session on a simulated host: it hands SSH_ORIGINAL_COMMAND and stdin to the lab over a
 * unix socket and relays what comes back. It is C and small so that what a measurement sees is the tool, not the lab.
 *
 *   plumbline-lab-door SOCKET HOST
 *
 * To the lab:   u32 length, host; u32 length, command; then frames of stdin.
 * From the lab: frames of stdout (1), stderr (2) and, last, exit status (3, one u32).
 * A frame is u8 kind, u32 length, bytes; stdin is kind 0, its end a frame of length 0. Numbers are big-endian. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { frame_stdin = 0, frame_stdout = 1, frame_stderr = 2, frame_exit = 3 };

/* What a shell says when it could not run a command at all. */
enum { exit_unreachable = 126 };

static int write_all(int fd, const void *data, size_t length) {
    const char *bytes = data;
    while (length > 0) {
        ssize_t count = write(fd, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return -1;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static int read_all(int fd, void *data, size_t length) {
    char *bytes = data;
    while (length > 0) {
        ssize_t count = read(fd, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return -1;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static void put_u32(unsigned char *at, uint32_t value) {
    for (int index = 0; index < 4; index++) at[index] = (unsigned char)(value >> (24 - 8 * index));
}

static uint32_t get_u32(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int send_text(int fd, const char *text) {
    unsigned char length[4];
    put_u32(length, (uint32_t)strlen(text));
    return write_all(fd, length, 4) || write_all(fd, text, strlen(text)) ? -1 : 0;
}

static int connect_to(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path, path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    return fd;
}

/* Passes on what stdin has; returns 0 once it has ended. */
static int forward_stdin(int lab) {
    static unsigned char frame[5 + 65536];
    ssize_t count = read(STDIN_FILENO, frame + 5, sizeof frame - 5);
    if (count < 0) count = 0;
    frame[0] = frame_stdin;
    put_u32(frame + 1, (uint32_t)count);
    /* The lab may have answered and closed already: then nobody wants the rest. */
    if (write_all(lab, frame, 5 + (size_t)count) != 0) return 0;
    return count > 0;
}

/* Relays one frame from the lab; returns 0 after the last, with the exit status set. */
static int relay(int lab, int *status) {
    unsigned char head[5];
    if (read_all(lab, head, sizeof head) != 0) {
        fprintf(stderr, "plumbline-lab-door: the lab closed the connection\n");
        *status = exit_unreachable;
        return 0;
    }
    uint32_t length = get_u32(head + 1);
    if (head[0] == frame_exit) {
        unsigned char code[4] = {0};
        if (length == 4 && read_all(lab, code, 4) == 0) *status = (int)get_u32(code);
        return 0;
    }
    static char bytes[65536];
    int out = head[0] == frame_stderr ? STDERR_FILENO : STDOUT_FILENO;
    while (length > 0) {
        uint32_t part = length < sizeof bytes ? length : (uint32_t)sizeof bytes;
        if (read_all(lab, bytes, part) != 0 || write_all(out, bytes, part) != 0) {
            *status = exit_unreachable;
            return 0;
        }
        length -= part;
    }
    return 1;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fprintf(stderr, "usage: plumbline-lab-door SOCKET HOST\n");
        return 64;
    }
    /* The lab may have answered and gone while stdin is still being passed on: that is no reason to die. */
    signal(SIGPIPE, SIG_IGN);
    const char *command = getenv("SSH_ORIGINAL_COMMAND");
    int lab = connect_to(arguments[1]);
    if (lab < 0 || send_text(lab, arguments[2]) != 0 || send_text(lab, command ? command : "") != 0) {
        fprintf(stderr, "plumbline-lab-door: no lab at %s: %s\n", arguments[1], strerror(errno));
        return exit_unreachable;
    }
    struct pollfd fds[2] = {{.fd = lab, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    int status = 0;
    for (;;) {
        if (poll(fds, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return exit_unreachable;
        }
        if (fds[0].revents && !relay(lab, &status)) return status;
        if (fds[1].fd >= 0 && fds[1].revents && !forward_stdin(lab)) fds[1].fd = -1;
    }
}
