internal import Facts

/// The address in a ping's first line: `PING 192.0.2.1 (192.0.2.1): 56 data bytes`, `PING fe80::1(fe80::1) 56 data bytes`.
enum PingTitle {
    static func address(_ text: Substring) -> IPAddress? {
        if let open = text.firstIndex(of: "("), let close = text[open...].firstIndex(of: ")") {
            let inner = text[text.index(after: open)..<close]
            if let address = self.address(named: inner) { return address }
        }
        guard text.words.count > 1 else { return nil }
        let name = text.words[1]
        return address(named: name.hasSuffix(":") ? name.dropLast() : name)
    }

    /// `192.0.2.1`, `fe80::1%net1`
    static func address(named name: Substring) -> IPAddress? { IPAddress(name.prefix { $0 != "%" }) }
}

/// `3 packets transmitted, 1 received, +1 errors, +2 duplicates, 66.6667% packet loss, time 2046ms`
enum PingStatistics {
    /// Nil when the line is none, or is cut before its loss.
    static func read(_ line: Substring, destination: IPAddress?) -> PingResult? {
        guard let destination else { return nil }
        var sent: Int?
        var received: Int?
        var loss: Double?
        var result = PingResult(destination: destination, sent: 0, received: 0, lossPercent: 0)
        for part in line.split(separator: ",") {
            let words = part.words
            guard let first = words.first, let last = words.last else { return nil }
            let number = (first.hasPrefix("+") ? first.dropFirst() : first).decimal
            switch last {
            case "transmitted": sent = number
            case "received": received = number
            case "duplicates": result.duplicates = number
            case "errors": result.errors = number
            case "loss" where first.hasSuffix("%"): loss = Double(first.dropLast())
            default: break
            }
        }
        guard let sent, let received, let loss, (0...100).contains(loss) else { return nil }
        result.sent = sent
        result.received = received
        result.lossPercent = loss
        return result
    }
}

/// `rtt min/avg/max/mdev = 0.713/2.690/4.668/1.977 ms`, `round-trip min/avg/max = 2.455/2.455/2.455 ms`
enum PingTimes {
    static func read(_ line: Substring) -> (min: Double, avg: Double, max: Double)? {
        let words = line.words
        guard words.count >= 5, words[1].hasPrefix("min/avg/max"), words[2] == "=", words[4].hasPrefix("ms") else { return nil }
        let parts = words[3].split(separator: "/").compactMap { Double($0) }
        let names = words[1].split(separator: "/").count
        guard parts.count == names, parts.count >= 3 else { return nil }
        return (parts[0], parts[1], parts[2])
    }
}
