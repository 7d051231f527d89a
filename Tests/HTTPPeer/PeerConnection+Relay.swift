internal import Foundation

extension PeerConnection {
    /// Becomes a tunnel to another port of this machine until either side closes; then this connection is closed.
    ///
    /// - Returns: false when nobody listens there.
    @discardableResult
    package func relay(toPort port: Int, announce: () -> Void = {}) -> Bool {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            Glibc.close(other)
            return false
        }
        announce()
        let target = PeerConnection(other)
        let done = DispatchSemaphore(value: 0)
        Thread {
            Self.pump(from: target, to: self)
            done.signal()
        }.start()
        Self.pump(from: self, to: target)
        done.wait()
        target.finish()
        return true
    }

    private static func pump(from source: PeerConnection, to target: PeerConnection) {
        while true {
            let bytes = source.receive()
            if bytes.isEmpty || target.send(bytes) < bytes.count { break }
        }
        source.close()
        target.close()
    }
}
