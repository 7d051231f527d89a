internal import CSSH2
internal import Glibc

/// The exchange between the library, which wants a signature, and who makes it.
final class SSHSigning {
    let exchange: UnsafeMutablePointer<plumbline_signing>

    init() {
        exchange = .allocate(capacity: 1)
        exchange.initialize(to: plumbline_signing())
    }

    deinit {
        free(exchange.pointee.data)
        free(exchange.pointee.signature)
        exchange.deallocate()
    }

    /// The bytes to be signed, once the server has said that it would take the key; `nil` before that and after the answer.
    var request: [UInt8]? {
        guard let data = exchange.pointee.data, exchange.pointee.signature == nil, exchange.pointee.refused == 0 else {
            return nil
        }
        return Array(UnsafeBufferPointer(start: data, count: exchange.pointee.data_length))
    }

    /// Gives the signature, without its type; `nil` for a signer that declined.
    func answer(_ signature: [UInt8]?) {
        guard let signature, let copy = malloc(max(signature.count, 1)) else {
            exchange.pointee.refused = 1
            return
        }
        copy.copyMemory(from: signature, byteCount: signature.count)
        exchange.pointee.signature = copy.assumingMemoryBound(to: UInt8.self)
        exchange.pointee.signature_length = signature.count
    }
}
