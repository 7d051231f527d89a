internal import Foundation

/// Ports of 127.0.0.1 on which nobody listens now. QEMU takes a number and no socket, so somebody could be faster; the
/// kernel gives out other numbers first.
enum LoopbackPorts {
    /// - Returns: one port a name, all different.
    static func free(for names: [String]) throws(LabError) -> [String: Int] {
        var ports: [String: Int] = [:]
        var descriptors: [Int32] = []
        defer { descriptors.forEach { _ = close($0) } }
        for name in names {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            descriptors.append(descriptor)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let bound = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                    descriptor >= 0 && bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
                }
            }
            guard bound else { throw LabError("\(name): no free port on 127.0.0.1: \(String(cString: strerror(errno)))") }
            ports[name] = Int(UInt16(bigEndian: address.sin_port))
        }
        return ports
    }
}
