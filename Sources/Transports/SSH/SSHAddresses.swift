internal import Dispatch
internal import Glibc

/// An address to connect to, in the form that `connect` takes.
struct SSHSocketAddress: Sendable, Hashable {
    let family: Int32
    /// A `sockaddr_in` or `sockaddr_in6`.
    let bytes: [UInt8]
    /// `192.0.2.7:22`, `[2001:db8::7]:22`.
    let text: String
}

/// Names to addresses, away from the threads that must not wait.
enum SSHAddresses {
    /// getaddrinfo has no deadline and cannot be stopped, so it gets threads of its own; one that hangs is left behind.
    private static let queue = DispatchQueue(label: "plumbline.names", attributes: .concurrent)

    enum Answer: Sendable {
        case addresses([SSHSocketAddress])
        case none(reason: String)
    }

    /// Addresses written as numbers need no thread.
    static func numeric(_ name: String, port: Int, family: Int32) -> [SSHSocketAddress]? {
        guard case .addresses(let found) = look(name, port: port, family: family, flags: AI_NUMERICHOST) else { return nil }
        return found
    }

    typealias Resolve =
        @Sendable (_ name: String, _ port: Int, _ family: Int32, _ answer: @escaping @Sendable (Answer) -> Void) -> Void

    /// Looks a name up and hands the answer over on some thread, once.
    @Sendable static func resolve(_ name: String, port: Int, family: Int32, _ answer: @escaping @Sendable (Answer) -> Void) {
        queue.async { answer(look(name, port: port, family: family, flags: 0)) }
    }

    private static func look(_ name: String, port: Int, family: Int32, flags: Int32) -> Answer {
        var hints = addrinfo()
        hints.ai_family = family
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = flags | AI_NUMERICSERV
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, "\(port)", &hints, &first)
        guard code == 0, let first else { return .none(reason: String(cString: gai_strerror(code))) }
        defer { freeaddrinfo(first) }
        var found: [SSHSocketAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = first
        while let entry = next {
            next = entry.pointee.ai_next
            guard let address = entry.pointee.ai_addr else { continue }
            let length = Int(entry.pointee.ai_addrlen)
            let bytes = Array(UnsafeRawBufferPointer(start: address, count: length))
            found.append(
                SSHSocketAddress(
                    family: entry.pointee.ai_family, bytes: bytes, text: text(of: address, length: entry.pointee.ai_addrlen, port)
                ))
        }
        return .addresses(found)
    }

    private static func text(of address: UnsafePointer<sockaddr>, length: socklen_t, _ port: Int) -> String {
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        guard getnameinfo(address, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0 else { return "?:\(port)" }
        let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
