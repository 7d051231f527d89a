/// A true executable for x86-64 Linux that says what a CNI plugin says to `CNI_COMMAND=VERSION`, and nothing else: the plugins
/// in a guest's `/opt/cni/bin` are looked at and asked for their version, and never attach anything.
///
/// - Source: System V ABI, ELF-64 header and program header; Linux system calls 1 (write) and 60 (exit).
enum CNIProgram {
    static let answer = #"{"cniVersion":"1.0.0","supportedVersions":["0.1.0","0.2.0","0.3.0","0.3.1","0.4.0","1.0.0"]}"# + "\n"

    static var bytes: [UInt8] {
        let text = Array(answer.utf8)
        let base: UInt64 = 0x40_0000
        let headers = 64 + 56
        // write(1, text, count); exit(0). The text follows the code; `lea` counts from the instruction after it.
        let code: [UInt8] =
            [0xb8, 1, 0, 0, 0, 0xbf, 1, 0, 0, 0, 0x48, 0x8d, 0x35, 16, 0, 0, 0, 0xba] + little(UInt64(text.count), 4)
            + [0x0f, 0x05, 0xb8, 60, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05]
        let size = UInt64(headers + code.count + text.count)
        var file: [UInt8] = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0] + [UInt8](repeating: 0, count: 8)
        file += little(2, 2) + little(0x3e, 2) + little(1, 4) + little(base + UInt64(headers), 8) + little(64, 8) + little(0, 8)
        file += little(0, 4) + little(64, 2) + little(56, 2) + little(1, 2) + little(0, 2) + little(0, 2) + little(0, 2)
        // One segment, readable and executable: the whole file.
        file += little(1, 4) + little(5, 4) + little(0, 8) + little(base, 8) + little(base, 8) + little(size, 8) + little(size, 8)
        file += little(0x1000, 8)
        return file + code + text
    }

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }
}
