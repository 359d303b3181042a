/// An error that answers a request (JSON-RPC 2.0, and the language server protocol's own codes).
struct RPCError: Error, Hashable {
    /// What went wrong.
    enum Code: Int, Hashable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case serverNotInitialized = -32002
        case requestCancelled = -32800
        case requestFailed = -32803
    }

    var code: Code
    /// One sentence for people.
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
