package import Facts

/// One way to ask a device for a table: what to send, and how to read what comes back.
///
/// A list of these is in order of preference. The next is tried when the answer is an error text, does not decode, or is
/// no such table; never when it is a well-formed table without rows.
package struct Try<Record: Sendable>: Sendable {
    package let command: DeviceCommand
    /// The form asked for: `xml`, `json`, `text`. The reader takes whatever form comes.
    package let form: String
    package let read: @Sendable (String) throws(DialectError) -> Reading<Record>

    /// A line for a switch. Every part of it that was filled in has gone through `DeviceArgument`.
    init(
        _ line: String, _ form: String, for purpose: String,
        _ read: @escaping @Sendable (String) throws(DialectError) -> Reading<Record>
    ) {
        command = DeviceCommand(host: .device, text: line, purpose: purpose)
        self.form = form
        self.read = read
    }
}
