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
        credentials = CredentialSource(access, now: now)
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
    func send(_ call: APICall, deadline: Duration? = nil) async throws(KubernetesFailure) -> HTTPResponse {
        let clock = ContinuousClock()
        let end = clock.now + (deadline ?? requestDeadline)
        var repetition = 0
        var mayProveAnew = true
        while true {
            repetition += 1
            let proof = try await credentials.proof()
            let request = self.request(call, proof, deadline: max(clock.now.duration(to: end), .milliseconds(1)))
            let pause: Duration?
            let failure: KubernetesFailure
            do throws(HTTPFailure) {
                let response = try await exchange(request)
                if response.status < 400 { return response }
                if response.status == 401, mayProveAnew, await credentials.refused(proof) {
                    mayProveAnew = false
                    continue
                }
                failure = KubernetesFailure(response, to: call.operation, access: access)
                let mayRepeat = call.isRepeatable || response.status == 429
                pause = mayRepeat ? retrying.pause(before: repetition, after: response) : nil
            } catch {
                failure = KubernetesFailure(error, of: call.operation, access: access)
                pause = call.isRepeatable || !error.requestSent ? retrying.pause(before: repetition, after: error) : nil
            }
            guard let pause, clock.now + pause < end, await Self.wait(pause) else { throw explained(failure) }
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
    func request(_ call: APICall, _ proof: CredentialSource.Proof, deadline: Duration) -> HTTPRequest {
        var route = access.route
        if let certificate = proof.certificate {
            route.clientCertificate = certificate.chain
            route.clientKey = certificate.key
        }
        var headers = proof.headers
        headers.add("Accept", "application/json")
        headers.add("User-Agent", fieldManager)
        if call.body != nil { headers.add("Content-Type", call.contentType) }
        return HTTPRequest(
            method: call.method, url: access.server + call.operation.path.urlPath + PercentEncoding.query(call.query),
            headers: headers, body: call.body.map { Array($0.compactText.utf8) }, deadline: deadline, route: route)
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
