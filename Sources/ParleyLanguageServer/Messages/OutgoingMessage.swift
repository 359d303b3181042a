import ParleyDiagnostics

/// Messages as they go out.
enum OutgoingMessage {
    /// The result of a request.
    static func result(_ id: JSONValue, _ body: (inout JSONWriter) -> Void) -> [UInt8] {
        framed { json in
            json.key("id")
            json.value(id: id)
            json.key("result")
            body(&json)
        }
    }

    /// The error that a request comes to.
    static func error(_ id: JSONValue, _ error: RPCError) -> [UInt8] {
        framed { json in
            json.key("id")
            json.value(id: id)
            json.key("error")
            json.object { json in
                json.member("code", error.code.rawValue)
                json.member("message", error.message)
            }
        }
    }

    /// Something that the client is told.
    static func notification(
        _ method: String,
        _ parameters: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        framed { json in
            json.member("method", method)
            json.key("params")
            parameters(&json)
        }
    }

    private static func framed(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("jsonrpc", "2.0")
            body(&json)
        }
        return Array("Content-Length: \(json.bytes.count)\r\n\r\n".utf8) + json.bytes
    }
}
