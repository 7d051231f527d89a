package import Facts
internal import Foundation
package import Transports

/// Asks a cluster's API. A value: copies share the connections, and each may have its own listener for what is exchanged.
package struct KubernetesClient: Sendable {
    package let access: ClusterAccess
    /// The name under which the API records what this client writes.
    package let fieldManager: String
    /// For one question, its repetitions included.
    package var requestDeadline: Duration = .seconds(15)
    let engine: HTTPEngine
    let credentials: CredentialSource
    let now: @Sendable () -> Timestamp
    var retrying = Retrying()
    private var source = FactSource.cluster
    private var observer: (@Sendable (Exchange) -> Void)?

    /// - Parameter now: the wall clock, for evidence.
    package init(
        access: ClusterAccess, engine: HTTPEngine, fieldManager: String = "plumbline", now: @escaping @Sendable () -> Timestamp
    ) {
        self.access = access
        self.engine = engine
        self.fieldManager = fieldManager
        self.now = now
        credentials = CredentialSource(access)
    }

    /// The same client, telling every exchange it has, failed ones and repetitions included. Credentials are never told.
    package func observing(
        _ source: FactSource = .cluster, _ observer: @escaping @Sendable (Exchange) -> Void
    ) -> KubernetesClient {
        var client = self
        client.source = source
        client.observer = observer
        return client
    }

    func tell(_ sent: String, started: Timestamp, _ outcome: Exchange.Outcome, _ output: [UInt8], _ errorOutput: [UInt8] = []) {
        observer?(
            Exchange(
                source: source, sent: sent, started: started, ended: now(), outcome: outcome, output: output,
                errorOutput: errorOutput))
    }

    var isObserved: Bool { observer != nil }

    /// Sends one request, again where that is safe, until an answer that is no refusal.
    ///
    /// - Parameter isRepeatable: false sends it again only if it is certain that the server has not seen it.
    func send(
        _ operation: Operation, method: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil,
        contentType: String = "application/json", deadline: Duration? = nil, isRepeatable: Bool = true
    ) async throws(KubernetesFailure) -> HTTPResponse {
        let clock = ContinuousClock()
        let end = clock.now + (deadline ?? requestDeadline)
        var repetition = 0
        while true {
            repetition += 1
            let left = clock.now.duration(to: end)
            let request = try await self.request(
                operation, method: method, query: query, body: body, contentType: contentType,
                deadline: max(left, .milliseconds(1)))
            let pause: Duration?
            let failure: KubernetesFailure
            do throws(HTTPFailure) {
                let response = try await exchange(request)
                if response.status < 400 { return response }
                failure = KubernetesFailure(response, to: operation, access: access)
                let mayRepeat = isRepeatable || response.status == 429
                pause = mayRepeat ? retrying.pause(before: repetition, after: response) : nil
            } catch {
                failure = KubernetesFailure(error, of: operation, access: access)
                pause = isRepeatable || !error.requestSent ? retrying.pause(before: repetition, after: error) : nil
            }
            guard let pause, clock.now + pause < end, await Self.wait(pause) else { throw failure }
        }
    }

    /// - Returns: false when the task was cancelled meanwhile.
    static func wait(_ pause: Duration) async -> Bool {
        do {
            try await ContinuousClock().sleep(for: pause)
            return true
        } catch {
            return false
        }
    }

    /// The request with everything that access asks for.
    func request(
        _ operation: Operation, method: String, query: [(name: String, value: String)], body: JSONValue? = nil,
        contentType: String = "application/json", deadline: Duration
    ) async throws(KubernetesFailure) -> HTTPRequest {
        var route = access.route
        var headers = try await credentials.headers()
        headers.add("Accept", "application/json")
        headers.add("User-Agent", fieldManager)
        if body != nil { headers.add("Content-Type", contentType) }
        if let certificate = await credentials.clientCertificate {
            route.clientCertificate = certificate.chain
            route.clientKey = certificate.key
        }
        return HTTPRequest(
            method: method, url: access.server + operation.path.urlPath + PercentEncoding.query(query), headers: headers,
            body: body.map { Array($0.compactText.utf8) }, deadline: deadline, route: route)
    }

    private func exchange(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let started = now()
        let sent = "\(request.method) \(request.url)"
        do throws(HTTPFailure) {
            let response = try await engine.response(for: request)
            tell(sent, started: started, .status(response.status), response.body)
            return response
        } catch {
            tell(sent, started: started, .broken(error.description), [])
            throw error
        }
    }
}
