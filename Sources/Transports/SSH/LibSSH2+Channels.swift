internal import CSSH2

extension LibSSH2 {
    /// The server took the request and said no; the connection is as good as before.
    static func isChannelRefusal(_ code: Int32) -> Bool {
        code == LIBSSH2_ERROR_CHANNEL_FAILURE || code == LIBSSH2_ERROR_CHANNEL_REQUEST_DENIED
    }

    /// Refusals after which the connection is of no more use.
    static func endsConnection(_ code: Int32) -> Bool {
        switch code {
        case LIBSSH2_ERROR_SOCKET_SEND, LIBSSH2_ERROR_SOCKET_DISCONNECT, LIBSSH2_ERROR_SOCKET_RECV, LIBSSH2_ERROR_SOCKET_NONE,
            LIBSSH2_ERROR_PROTO, LIBSSH2_ERROR_INVALID_MAC, LIBSSH2_ERROR_DECRYPT, LIBSSH2_ERROR_BAD_USE, LIBSSH2_ERROR_ALLOC:
            true
        default: false
        }
    }

    /// The library's own default: what the other side may send before it hears that it was read.
    private static var windowBytes: UInt32 { 2 << 20 }

    func openChannel() -> Step<OpaquePointer> {
        step(
            libssh2_channel_open_ex(
                session, "session", 7, Self.windowBytes, UInt32(LIBSSH2_CHANNEL_PACKET_DEFAULT), nil, 0))
    }

    /// A connection from the server on to another host.
    func openForward(to host: String, port: Int) -> Step<OpaquePointer> {
        step(libssh2_channel_direct_tcpip_ex(session, host, Int32(port), "127.0.0.1", 0))
    }

    /// Sends some of `bytes`. After `again` with `isSending` the same bytes must be given again.
    func write(_ channel: OpaquePointer, _ bytes: [UInt8]) -> Step<Int> {
        let count = bytes.withUnsafeBytes { raw in
            libssh2_channel_write_ex(channel, 0, raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
        }
        return step(Int32(count))
    }

    /// Reads some of standard output. Done with 0 at the end only.
    func read(_ channel: OpaquePointer, buffer: UnsafeMutableRawBufferPointer) -> Step<[UInt8]> {
        let count = libssh2_channel_read_ex(
            channel, 0, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        if count > 0 { return .done(Array(UnsafeRawBufferPointer(rebasing: buffer[..<count]))) }
        if count == 0 { return isAtEnd(channel) ? .done([]) : .again }
        return count == Int(LIBSSH2_ERROR_EAGAIN) ? .again : .refused(code: Int32(count), text: lastWords)
    }

    func start(_ channel: OpaquePointer, command: String) -> Step<Int> {
        step(libssh2_channel_process_startup(channel, "exec", 4, command, UInt32(command.utf8.count)))
    }

    /// A pty so wide that no device wraps its rows, and so high that most need no pager.
    func requestTerminal(_ channel: OpaquePointer) -> Step<Int> {
        step(libssh2_channel_request_pty_ex(channel, "vt100", 5, nil, 0, 511, 1000, 0, 0))
    }

    func startShell(_ channel: OpaquePointer) -> Step<Int> {
        step(libssh2_channel_process_startup(channel, "shell", 5, nil, 0))
    }

    func sendEnd(_ channel: OpaquePointer) -> Step<Int> { step(libssh2_channel_send_eof(channel)) }

    /// Appends what is there of both streams. They share one window, so both must be read, or a full one would stop the other.
    /// Done with 0 bytes at the end only.
    func readBoth(_ channel: OpaquePointer, into transcript: SSHTranscript, buffer: UnsafeMutableRawBufferPointer) -> Step<Int> {
        var total = 0
        for stream in Int32(0)...1 {
            // Bounded, so that one long answer does not keep the loop from other hosts.
            for _ in 0..<32 {
                let count = libssh2_channel_read_ex(
                    channel, stream, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
                if count == Int(LIBSSH2_ERROR_EAGAIN), isSending { return .again }
                if count == 0 || count == Int(LIBSSH2_ERROR_EAGAIN) { break }
                if count < 0 { return step(Int32(count)) }
                total += count
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                if stream == 0 { transcript.stdout += bytes } else { transcript.stderr += bytes }
            }
        }
        return total > 0 || isAtEnd(channel) ? .done(total) : .again
    }

    func isAtEnd(_ channel: OpaquePointer) -> Bool { libssh2_channel_eof(channel) != 0 }

    func close(_ channel: OpaquePointer) -> Step<Int> { step(libssh2_channel_close(channel)) }

    /// Waits for the other side's close, which comes after the exit status.
    func awaitClose(_ channel: OpaquePointer) -> Step<Int> { step(libssh2_channel_wait_closed(channel)) }

    /// The signal first: beside a signal the library gives an exit status of 0.
    func exit(of channel: OpaquePointer) -> CommandOutput.ExitState {
        var name: UnsafeMutablePointer<CChar>?
        var length = 0
        let asked = libssh2_channel_get_exit_signal(channel, &name, &length, nil, nil, nil, nil)
        if asked == 0, let name, length > 0 {
            defer { libssh2_free(session, name) }
            return .signal(String(cString: name))
        }
        return .code(Int(libssh2_channel_get_exit_status(channel)))
    }

    func free(channel: OpaquePointer) -> Step<Int> { step(libssh2_channel_free(channel)) }

    func disconnect() -> Step<Int> {
        step(libssh2_session_disconnect_ex(session, SSH_DISCONNECT_BY_APPLICATION, "done", ""))
    }

    func sendKeepalive() -> Step<Int> {
        libssh2_keepalive_config(session, 1, 1)
        var next: Int32 = 0
        return step(libssh2_keepalive_send(session, &next))
    }
}
