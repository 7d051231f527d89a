import Glibc
import SSHPeer

/// Something that accepts connections, by its backlog, and never says a word.
struct SilentListener {
    let port: Int
    let number: Int32

    /// On a loopback port.
    init(backlog: Int32 = 64) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = number
        let listening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && getsockname(number, $0, &length) == 0 && listen(number, backlog) == 0
            }
        }
        guard listening else { throw FixtureProblem(description: "no listener on loopback") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    init(unixPath: String) throws {
        number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        port = 0
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(unixPath.utf8)) }
        let number = number
        let listening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0 && listen(number, 64) == 0
            }
        }
        guard listening else { throw FixtureProblem(description: "no listener at \(unixPath)") }
    }

    func stop() { close(number) }
}
