/// Where and how the API misbehaves. Faults are values, placed by name or by number, never by chance.
package actor APIFaults {
    package enum Kind: Hashable, Sendable {
        /// The connection is reset; the request has had no effect.
        case reset
        /// The request has its effect; the connection is reset before the answer.
        case resetAfterEffect
        /// 429 as priority and fairness gives it (text/plain), 500 or 503, with or without `Retry-After` in seconds.
        case status(Int, retryAfterSeconds: Int?)
        /// 403 as RBAC gives it.
        case forbidden
        /// 403 as an admission webhook gives it that will not have the object.
        case webhookDenial(String)
        /// 410: for a watch as an `ERROR` event in a 200, else as a status.
        case expired
        /// The answer's headers and half of its body, then end of file.
        case truncatedBody
        /// The answer's body is cut in two and stays complete for HTTP: no JSON.
        case malformedJSON
        /// A watch ends without a goodbye after so many events; a request of another kind is answered as ever.
        case watchDrop(afterEvents: Int)
        /// No answer, for as long as the client waits.
        case hang
        /// The connection is reset, and from then on the server shows a certificate for another name: a balancer that sends the client
        /// elsewhere.
        case foreignCertificate
    }

    package struct Fault: Sendable {
        package enum Place: Hashable, Sendable {
            /// The n-th request that the server gets, from 1.
            case request(Int)
            /// The n-th request, from 1, with this verb on this resource (`pods`, `pods/exec`).
            case nth(Int, verb: String, resource: String)
            /// As `nth`, and every one after it.
            case from(Int, verb: String, resource: String)
            /// Every request with this verb on this resource; nil: any.
            case every(verb: String?, resource: String?)
        }

        package let place: Place
        package let kind: Kind

        package init(_ kind: Kind, at place: Place) {
            self.kind = kind
            self.place = place
        }
    }

    /// One request as the server counted it.
    package struct Request: Hashable, Sendable {
        /// From 1.
        package let number: Int
        package let verb: String
        /// `pods`, `pods/exec`; for other paths the path.
        package let resource: String
        package let name: String?
        /// What was done to it; nil: nothing.
        package let fault: Kind?
    }

    private var faults: [Fault]
    private var counts: [String: Int] = [:]
    /// Every request so far, in the order of their arrival.
    package private(set) var requests: [Request] = []
    /// Whether new connections are shown the certificate for another name.
    package private(set) var isForeign = false

    package init(_ faults: [Fault] = []) { self.faults = faults }

    /// Replaces the faults and begins to count anew.
    package func plant(_ faults: [Fault]) {
        self.faults = faults
        requests = []
        counts = [:]
        isForeign = false
    }

    /// Counts a request and says what is to be done to it.
    func meet(verb: String, resource: String, name: String?) -> Kind? {
        let number = requests.count + 1
        let alike = counts[verb + " " + resource, default: 0] + 1
        counts[verb + " " + resource] = alike
        let fault = faults.first { fault in
            switch fault.place {
            case .request(let place): place == number
            case .nth(let place, let wantedVerb, let wantedResource):
                place == alike && wantedVerb == verb && wantedResource == resource
            case .from(let place, let wantedVerb, let wantedResource):
                place <= alike && wantedVerb == verb && wantedResource == resource
            case .every(let wantedVerb, let wantedResource):
                (wantedVerb ?? verb) == verb && (wantedResource ?? resource) == resource
            }
        }
        // Old connections of a client that was sent elsewhere are gone as well.
        let kind = isForeign ? .foreignCertificate : fault?.kind
        if kind == .foreignCertificate { isForeign = true }
        requests.append(Request(number: number, verb: verb, resource: resource, name: name, fault: kind))
        return kind
    }
}
