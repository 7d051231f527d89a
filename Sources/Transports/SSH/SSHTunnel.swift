internal import Glibc

/// The way of another session through this one: bytes go between a channel and one end of a socket pair, whose other end the
/// other session takes for its connection.
///
/// Lives on the loop of the session that carries it. No task stands behind it: it moves when the session or its socket has
/// something.
final class SSHTunnel {
    /// The call of the library that left a packet half sent and must be repeated before any other.
    enum Unfinished {
        case reading, writing
    }

    let channel: OpaquePointer
    /// Under which it holds the session while a packet is half sent.
    let operation: SSHOperation
    private let socket: SSHDescriptor
    private var toChannel: [UInt8] = []
    private var toSocket: [UInt8] = []
    private var unfinished: Unfinished?
    private var socketHasEnded = false
    private var channelHasEnded = false
    private(set) var isOver = false

    init(channel: OpaquePointer, operation: SSHOperation, socket: SSHDescriptor) {
        self.channel = channel
        self.operation = operation
        self.socket = socket
    }

    /// Moves what can be moved.
    ///
    /// - Parameter mayCall: whether the library may be called; false while another's packet is half sent.
    /// - Returns: whether anything moved.
    func pump(_ library: LibSSH2, mayCall: Bool, buffer: UnsafeMutableRawBufferPointer) -> Bool {
        var moved = false
        if toChannel.isEmpty, !socketHasEnded { moved = fillFromSocket(buffer) || moved }
        if mayCall {
            if unfinished != .reading, !toChannel.isEmpty { moved = writeToChannel(library) || moved }
            if unfinished != .writing, toSocket.isEmpty, !channelHasEnded {
                moved = readFromChannel(library, buffer) || moved
            }
        }
        if !toSocket.isEmpty { moved = flushToSocket() || moved }
        let isDrained = channelHasEnded && toSocket.isEmpty
        let isSent = socketHasEnded && toChannel.isEmpty
        if isDrained || isSent, unfinished == nil { isOver = true }
        return moved && !isOver
    }

    func arm() {
        let reading = toChannel.isEmpty && !socketHasEnded
        let writing = !toSocket.isEmpty
        if reading || writing { _ = socket.arm(reading: reading, writing: writing) }
    }

    func close() {
        isOver = true
        shutdown(socket.number, Int32(SHUT_RDWR))
    }

    private func fillFromSocket(_ buffer: UnsafeMutableRawBufferPointer) -> Bool {
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 { toChannel = Array(UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
        if count == 0 || count < 0 && errno != EAGAIN { socketHasEnded = true }
        return count >= 0
    }

    private func flushToSocket() -> Bool {
        let count = toSocket.withUnsafeBytes { send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count > 0 { toSocket.removeFirst(count) }
        if count < 0, errno != EAGAIN {
            socketHasEnded = true
            toSocket = []
        }
        return count > 0
    }

    private func writeToChannel(_ library: LibSSH2) -> Bool {
        switch library.write(channel, toChannel) {
        case .done(let count):
            unfinished = nil
            toChannel.removeFirst(count)
            return true
        case .again:
            unfinished = library.isSending ? .writing : nil
            return false
        case .refused:
            unfinished = nil
            (channelHasEnded, toChannel) = (true, [])
            return true
        }
    }

    private func readFromChannel(_ library: LibSSH2, _ buffer: UnsafeMutableRawBufferPointer) -> Bool {
        switch library.read(channel, buffer: buffer) {
        case .done(let bytes):
            unfinished = nil
            toSocket = bytes
            if bytes.isEmpty { channelHasEnded = true }
            return true
        case .again:
            unfinished = library.isSending ? .reading : nil
            return false
        case .refused:
            unfinished = nil
            channelHasEnded = true
            return true
        }
    }

    var holdsSession: Bool { unfinished != nil }
}
