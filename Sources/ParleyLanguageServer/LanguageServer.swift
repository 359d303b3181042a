import ParleyDiagnostics

/// A language server (the protocol's version 3.17) as an engine: octets in, octets out. It knows no
/// process and waits for nothing.
///
/// Whoever drives it feeds what has come, and calls ``step()`` while ``hasWork``: each step carries
/// out one message, or checks one text that has changed once no message is left. So a check never
/// stands before a message that is there already, and many changes in a row cost one check.
public final class LanguageServer {
    /// Which messages may come.
    enum Phase {
        case fresh
        case running
        case shutDown
    }

    let workspace: Workspace
    /// Tells what a reason or a code means, line by line.
    let explain: @Sendable (String) -> [String]?
    /// The reasons that there are.
    let reasons: [String]
    private let version: String
    private var framer = MessageFramer()
    private var waiting: [Incoming] = []
    private var outgoing: [UInt8] = []
    /// The texts to be checked, in the order in which they changed.
    private var unchecked: [String] = []
    private(set) var phase = Phase.fresh
    /// Whether the client shows Markdown.
    private(set) var showsMarkdown = false

    /// The code with which the process shall end, once the client has said `exit`.
    public private(set) var exitStatus: Int32?

    /// What has come and is not carried out yet.
    private enum Incoming {
        case message(JSONValue)
        case junk(RPCError)
        /// A request that was taken back before its turn.
        case cancelled(JSONValue)
    }

    /// A server that has heard nothing.
    ///
    /// - Parameters:
    ///   - version: the tool's version, as the client shows it.
    ///   - reasons: the reasons that `fails` can name.
    ///   - explain: tells what a reason or a code means, line by line.
    public init(
        files: ServerFiles,
        version: String,
        reasons: [String] = [],
        explain: @escaping @Sendable (String) -> [String]? = { _ in nil }
    ) {
        workspace = Workspace(files)
        self.version = version
        self.reasons = reasons
        self.explain = explain
    }

    /// Whether ``step()`` has anything to do.
    public var hasWork: Bool { exitStatus == nil && !(waiting.isEmpty && unchecked.isEmpty) }

    /// Whether more may be fed: a client that sends faster than it is answered has to wait.
    public var takesInput: Bool { waiting.count < 1000 }

    /// Takes octets as they come.
    public func receive(_ bytes: some Sequence<UInt8>) {
        framer.append(bytes)
        while let item = framer.next() {
            switch item {
            case .junk(let problem): waiting.append(.junk(RPCError(.parseError, problem)))
            case .message(let octets):
                do {
                    take(try JSONReader.read(octets, .message))
                } catch {
                    let problem = "\(error.message) (octet \(error.offset))"
                    waiting.append(.junk(RPCError(.parseError, problem)))
                }
            }
        }
    }

    /// Does one piece of work.
    ///
    /// - Returns: what the client is told.
    public func step() -> [UInt8] {
        outgoing = []
        guard exitStatus == nil else { return [] }
        if !waiting.isEmpty {
            switch waiting.removeFirst() {
            case .junk(let error): answer(.null, error)
            case .cancelled(let id): answer(id, RPCError(.requestCancelled, "cancelled"))
            case .message(let message): handle(message)
            }
        } else if !unchecked.isEmpty {
            publishDiagnostics(of: unchecked.removeFirst())
        }
        return outgoing
    }

    /// A request that is taken back before its turn is answered at once.
    private func take(_ message: JSONValue) {
        guard message["method"].string == "$/cancelRequest", message["id"] == .null else {
            return waiting.append(.message(message))
        }
        let id = message["params"]["id"]
        let index = waiting.firstIndex { incoming in
            guard id != .null, case .message(let request) = incoming else { return false }
            return request["id"] == id && request["method"].string != nil
        }
        guard let index else { return }
        waiting.remove(at: index)
        waiting.insert(.cancelled(id), at: 0)
    }

    // MARK: - Answers

    func answer(_ id: JSONValue, _ error: RPCError) { outgoing += OutgoingMessage.error(id, error) }

    func notify(_ method: String, _ parameters: (inout JSONWriter) -> Void) {
        outgoing += OutgoingMessage.notification(method, parameters)
    }

    /// A text has to be checked again.
    func needsCheck(_ uri: String) {
        if !unchecked.contains(uri) { unchecked.append(uri) }
    }

    func needsNoCheck(_ uri: String) { unchecked.removeAll { $0 == uri } }

    // MARK: - Messages

    private func handle(_ message: JSONValue) {
        let id = message["id"]
        guard message.isObject, let method = message["method"].string else {
            // An answer to a request of ours, of which there are none, is passed over.
            let isAnswer = message.has("result") || message.has("error")
            if !isAnswer { answer(id, RPCError(.invalidRequest, "this is no request")) }
            return
        }
        switch id {
        case .null: notified(method, message["params"])
        case .string: request(id, method, message["params"])
        case .number where id.integer != nil: request(id, method, message["params"])
        default: answer(.null, RPCError(.invalidRequest, "an id is a number or a string"))
        }
    }

    private func request(_ id: JSONValue, _ method: String, _ parameters: JSONValue) {
        switch (phase, method) {
        case (.fresh, "initialize"): initialize(id, parameters)
        case (.fresh, _):
            answer(id, RPCError(.serverNotInitialized, "‘initialize’ comes first"))
        case (.shutDown, _): answer(id, RPCError(.invalidRequest, "the server is shut down"))
        case (.running, "initialize"):
            answer(id, RPCError(.invalidRequest, "the server is initialized"))
        case (.running, "shutdown"):
            phase = .shutDown
            outgoing += OutgoingMessage.result(id) { $0.null() }
        case (.running, _):
            guard let feature = Features.all[method] else {
                let shown = DisplayText.safe(method, limit: 80)
                return answer(id, RPCError(.methodNotFound, "no method ‘\(shown)’"))
            }
            do {
                let result = try feature(self, parameters)
                outgoing += OutgoingMessage.result(id, result)
            } catch {
                answer(id, error)
            }
        }
    }

    private func notified(_ method: String, _ parameters: JSONValue) {
        if method == "exit" {
            exitStatus = phase == .shutDown ? 0 : 1
            return
        }
        guard phase == .running else { return }
        switch method {
        case "textDocument/didOpen": didOpen(parameters["textDocument"])
        case "textDocument/didChange": didChange(parameters)
        case "textDocument/didClose": didClose(parameters)
        case "textDocument/didSave", "workspace/didChangeWatchedFiles": filesChanged()
        case "workspace/didChangeWorkspaceFolders":
            for folder in parameters["event"]["removed"].array {
                if let uri = folder["uri"].string { workspace.removeFolder(uri) }
            }
            for folder in parameters["event"]["added"].array {
                if let uri = folder["uri"].string { workspace.addFolder(uri) }
            }
            filesChanged()
        default: break
        }
    }

    private func initialize(_ id: JSONValue, _ parameters: JSONValue) {
        phase = .running
        let client = parameters["capabilities"]
        let encodings = client["general"]["positionEncodings"].array.compactMap(\.string)
        if encodings.contains(PositionEncoding.utf8.rawValue) { workspace.encoding = .utf8 }
        let formats = client["textDocument"]["hover"]["contentFormat"].array.compactMap(\.string)
        showsMarkdown = formats.contains("markdown")
        let folders = parameters["workspaceFolders"].array.compactMap { $0["uri"].string }
        for uri in folders.isEmpty ? [parameters["rootUri"].string].compactMap({ $0 }) : folders {
            workspace.addFolder(uri)
        }
        outgoing += OutgoingMessage.result(id) { [workspace, version] json in
            json.object { json in
                json.key("capabilities")
                ServerCapabilities.write(to: &json, workspace.encoding)
                json.key("serverInfo")
                json.object { json in
                    json.member("name", "parley")
                    json.member("version", version)
                }
            }
        }
    }
}
