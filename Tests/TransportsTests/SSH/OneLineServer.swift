import Glibc

/// Accepts connections, says one thing to each and closes it.
final class OneLineServer: Sendable {
    let port: Int
    private let listener: SilentListener
    private let thread: pthread_t

    init(_ words: String) throws {
        listener = try SilentListener()
        port = listener.port
        let errand = Unmanaged.passRetained(Errand(number: listener.number, words: Array(words.utf8)))
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let errand = Unmanaged<Errand>.fromOpaque(argument).takeRetainedValue()
                while true {
                    let client = accept(errand.number, nil, nil)
                    guard client >= 0 else { return nil }
                    _ = errand.words.withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
                    shutdown(client, Int32(SHUT_WR))
                    // Reads what the caller says, so that closing does not reset the connection under its eyes.
                    var buffer = [UInt8](repeating: 0, count: 4096)
                    while read(client, &buffer, buffer.count) > 0 {}
                    close(client)
                }
            }, errand.toOpaque())
        self.thread = thread
    }

    private final class Errand: Sendable {
        let number: Int32
        let words: [UInt8]
        init(number: Int32, words: [UInt8]) {
            self.number = number
            self.words = words
        }
    }

    func stop() {
        shutdown(listener.number, Int32(SHUT_RDWR))
        pthread_join(thread, nil)
        listener.stop()
    }
}
