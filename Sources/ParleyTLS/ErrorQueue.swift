import COpenSSL

/// OpenSSL's error queue of this thread: cleared before a call, drained after one that failed.
enum ErrorQueue {
    struct Entry {
        let library: Int32
        let reason: Int32
        let text: String
    }

    static func clear() {
        ERR_clear_error()
    }

    /// All queued errors, oldest first. The queue holds sixteen at most.
    static func drain() -> [Entry] {
        var entries: [Entry] = []
        while true {
            let code = ERR_get_error()
            guard code != 0 else { return entries }
            let reason = ERR_reason_error_string(code).map { String(cString: $0) }
            entries.append(
                Entry(
                    library: ERR_GET_LIB(code),
                    reason: ERR_GET_REASON(code),
                    text: SafeText.escape(reason ?? "", limit: 200)
                )
            )
        }
    }
}

/// OpenSSL starts itself at the first use of this, never at process start.
enum OpenSSLLibrary {
    private static let started = parley_init()

    static func start() throws(TLSError) {
        guard started == 1 else { throw TLSError(.library, "OpenSSL does not start") }
    }
}
