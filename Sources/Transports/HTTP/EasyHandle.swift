internal import CCurl

/// One libcurl easy handle with what must live as long as it does: option lists and the buffer for its error text.
///
/// Belongs to the thread of one `CurlLoop`; libcurl allows no other.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    /// A proxy was named for it, so that what cannot be connected to is the proxy.
    var usesProxy = false
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    /// `nil` when libcurl has no memory for a handle.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        curl_easy_cleanup(pointer)
        lists.forEach(curl_slist_free_all)
        errorText.deallocate()
    }

    /// What libcurl says about the last transfer, in its words; empty when it says nothing.
    var detail: String { String(cString: errorText) }

    func collectErrorText() throws(CurlRefusal) {
        try check(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText), "error buffer")
    }

    func set(_ option: CURLoption, _ value: Int) throws(CurlRefusal) {
        try check(ccurl_set_long(pointer, option, value), "option \(option.rawValue)")
    }

    /// libcurl copies the text; `nil` resets the option.
    func set(_ option: CURLoption, _ value: String?) throws(CurlRefusal) {
        if let value {
            try check(ccurl_set_text(pointer, option, value), "option \(option.rawValue)")
        } else {
            try check(ccurl_set_text(pointer, option, nil), "option \(option.rawValue)")
        }
    }

    func set(_ option: CURLoption, bytes: [UInt8], what: String) throws(CurlRefusal) {
        try check(bytes.withUnsafeBytes { ccurl_set_blob(pointer, option, $0.baseAddress, $0.count) }, what)
    }

    func set(_ option: CURLoption, list: [String]) throws(CurlRefusal) {
        var head: UnsafeMutablePointer<curl_slist>?
        for line in list {
            guard let longer = curl_slist_append(head, line) else {
                curl_slist_free_all(head)
                throw CurlRefusal(code: CURLE_OUT_OF_MEMORY, what: "a list of \(list.count) lines")
            }
            head = longer
        }
        guard let head else { return }
        lists.append(head)
        try check(ccurl_set_list(pointer, option, head), "option \(option.rawValue)")
    }

    func setBody(_ bytes: [UInt8]) throws(CurlRefusal) {
        try check(bytes.withUnsafeBytes { ccurl_set_body(pointer, $0.baseAddress, $0.count) }, "body of \(bytes.count) bytes")
    }

    /// `context` must outlive the transfer; the owner of this handle passes itself.
    func set(_ option: CURLoption, callback: @escaping curl_write_callback) throws(CurlRefusal) {
        try check(ccurl_set_callback(pointer, option, callback), "callback")
    }

    func set(_ option: CURLoption, context: AnyObject) throws(CurlRefusal) {
        try check(ccurl_set_pointer(pointer, option, Unmanaged.passUnretained(context).toOpaque()), "callback context")
    }

    func long(_ info: CURLINFO) -> Int { ccurl_long(pointer, info) }
    func size(_ info: CURLINFO) -> Int { Int(ccurl_size(pointer, info)) }

    private func check(_ code: CURLcode, _ what: String) throws(CurlRefusal) {
        if code != CURLE_OK { throw CurlRefusal(code: code, what: what) }
    }
}

/// An option that libcurl would not take.
struct CurlRefusal: Error {
    let code: CURLcode
    let what: String
    var detail: String { "libcurl takes no such \(what): \(String(cString: curl_easy_strerror(code)))" }
}
