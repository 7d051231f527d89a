internal import Facts
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import NIOWebSocket

/// One client's connection: reads requests one after the other and writes their answers.
struct APIConnection: Sendable {
    typealias Iterator = NIOAsyncChannelInboundStream<ConnectionInput>.AsyncIterator
    typealias Writer = NIOAsyncChannelOutboundWriter<ConnectionOutput>

    let channel: NIOAsyncChannel<ConnectionInput, ConnectionOutput>
    let handler: APIHandler

    /// A request larger than this is refused, as a true server does.
    static let largestBody = 3 << 20

    var life: ConnectionLife { ConnectionLife(channel: channel.channel) }

    /// Serves until either side closes. A connection that breaks is no fault of the server's and ends quietly.
    func run() async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                var iterator = inbound.makeAsyncIterator()
                var user: APIUser?
                while let (head, body) = try await Self.read(&iterator) {
                    if user == nil { user = try await certificateUser() }
                    guard try await serve(head, body: body, certificate: user, &iterator, outbound) else { return }
                }
            }
        } catch {
            return
        }
    }

    /// One whole request; nil at the end of the connection.
    private static func read(_ iterator: inout Iterator) async throws -> (HTTPRequestHead, [UInt8])? {
        var head: HTTPRequestHead?
        var body: [UInt8] = []
        while let input = try await iterator.next() {
            switch input {
            case .head(let new): head = new
            case .body(let buffer): if body.count <= largestBody { body += buffer.readableBytesView }
            case .end: if let head { return (head, body) }
            case .frame: return nil
            }
        }
        return nil
    }

    /// Who the client's certificate says it is; anonymous without one.
    private func certificateUser() async throws -> APIUser {
        guard let certificate = try await channel.channel.nioSSL_peerCertificate().get() else { return .anonymous }
        return ClientCertificateName.user(der: try certificate.toDERBytes()) ?? .anonymous
    }

    /// Answers one request.
    ///
    /// - Returns: whether the connection can take another.
    private func serve(
        _ head: HTTPRequestHead, body: [UInt8], certificate: APIUser?, _ iterator: inout Iterator, _ outbound: Writer
    ) async throws -> Bool {
        let claim = await user(head.headers, certificate: certificate ?? .anonymous)
        let request = APIRequest(
            method: head.method.rawValue, uri: head.uri, headers: head.headers, body: body, user: claim ?? .anonymous)
        let target = RequestTarget(request)
        let fault = await handler.configuration.faults.meet(
            verb: target.verb, resource: target.resource?.qualified ?? request.path, name: target.resource?.name)
        let pause = handler.configuration.latency
        if pause > .zero, try await life.whileOpen({ try await handler.configuration.wait(pause) }) == nil { return false }
        if let ended = try await misbehaveBefore(fault, head: head, target: target, request: request, outbound) { return ended }
        guard var answer = try await answer(request, target: target, isKnown: claim != nil) else { return false }
        if fault == .expired, case .watch(var watch) = answer.content {
            watch.refusal = .expired("too old resource version: \(request.parameter("resourceVersion") ?? "0") (planted fault)")
            answer.content = .watch(watch)
        }
        if fault == .resetAfterEffect, answer.status != 101 {
            try await outbound.write(.cut(.reset))
            return false
        }
        return try await write(answer, to: head, fault: fault, &iterator, outbound)
    }

    /// Who sends a request; nil for a token that stands for nobody.
    private func user(_ headers: HTTPHeaders, certificate: APIUser) async -> APIUser? {
        let author = Authentication(tokens: handler.configuration.tokens).user(headers, certificate: certificate)
        guard let author, let other = Authentication.impersonated(headers), await handler.mayImpersonate(author, other) else {
            return author
        }
        return other
    }

    /// - Returns: nil when the client went away first.
    private func answer(_ request: APIRequest, target: RequestTarget, isKnown: Bool) async throws -> APIAnswer? {
        guard isKnown else { return .refusal(StoreRefusal(code: 401, reason: "Unauthorized", message: "Unauthorized")) }
        guard request.body.count <= Self.largestBody else {
            return .refusal(
                StoreRefusal(
                    code: 413, reason: "RequestEntityTooLarge",
                    message: "Request entity too large: limit is \(Self.largestBody)"))
        }
        return try await life.whileOpen { await handler.answer(request, target: target) }
    }

    /// Does what is planted to happen before the request has any effect.
    ///
    /// - Returns: nil when nothing is; else whether the connection can take another request.
    private func misbehaveBefore(
        _ fault: APIFaults.Kind?, head: HTTPRequestHead, target: RequestTarget, request: APIRequest, _ outbound: Writer
    ) async throws -> Bool? {
        switch fault {
        case .reset, .foreignCertificate:
            try await outbound.write(.cut(.reset))
            return false
        case .hang:
            await life.waitForClose()
            return false
        case .status(let code, let retryAfter):
            try await writeBody(.planted(code, retryAfterSeconds: retryAfter), to: head, outbound)
            return head.isKeepAlive
        case .forbidden:
            let resource = target.resource
            let question = Authorizer.Question(
                verb: target.verb, group: resource?.group ?? "", resource: resource?.qualified ?? "",
                namespace: resource?.namespace, name: resource?.name, path: resource == nil ? request.path : nil)
            try await writeBody(.refusal(Authorizer.refusal(request.user, question)), to: head, outbound)
            return head.isKeepAlive
        case .webhookDenial(let message):
            let refusal = StoreRefusal(
                code: 403, reason: "Forbidden", message: "admission webhook \"policy.example.com\" denied the request: \(message)"
            )
            try await writeBody(.refusal(refusal), to: head, outbound)
            return head.isKeepAlive
        case .expired where target.verb != "watch":
            try await writeBody(.refusal(.expired("The resourceVersion for the provided list is too old.")), to: head, outbound)
            return head.isKeepAlive
        default: return nil
        }
    }
}

extension APIAnswer {
    /// A refusal that was planted: 429 in plain text, as priority and fairness gives it; else a status.
    static func planted(_ code: Int, retryAfterSeconds: Int?) -> APIAnswer {
        var answer: APIAnswer
        switch code {
        case 429:
            answer = .text("Too many requests, please try again later.\n", status: 429)
            answer.headers.append(("X-Content-Type-Options", "nosniff"))
        case 503:
            answer = .refusal(
                StoreRefusal(
                    code: 503, reason: "ServiceUnavailable", message: "the server is currently unable to handle the request"))
        default:
            answer = .refusal(
                StoreRefusal(
                    code: code, reason: code == 500 ? "InternalError" : nil,
                    message: "Internal error occurred: a fault planted in the lab's API", details: code == 500 ? [:] : nil))
        }
        if let retryAfterSeconds { answer.headers.append(("Retry-After", String(retryAfterSeconds))) }
        return answer
    }
}
