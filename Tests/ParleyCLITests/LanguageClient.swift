import Foundation
import Testing

/// A client of the language server that speaks the protocol to the real process.
final class LanguageClient {
    struct Failure: Error {
        var message: String
    }

    typealias Object = [String: Any]

    private let process: PipedProcess
    private var input: Int32
    private var held = Data()
    private var lastID = 0
    private var status: Int32?
    /// What the server told unasked, in order.
    private(set) var notifications: [Object] = []

    init() throws {
        process = try PipedProcess(
            Tool.binary.path,
            ["lsp", "--stdio"],
            environment: ["SWIFT_BACKTRACE=enable=no"]
        )
        input = process.input
    }

    deinit {
        if status == nil { process.end() }
        if input >= 0 { close(input) }
        close(process.output)
    }

    // MARK: - Sending

    /// Sends octets as they are.
    func send(_ octets: Data) throws {
        try octets.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                let count = write(input, part.baseAddress, part.count)
                guard count > 0 else { throw Failure(message: "the server takes nothing") }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// A message with its header.
    static func frame(_ object: Any) throws -> Data {
        frame(data: try JSONSerialization.data(withJSONObject: object))
    }

    static func frame(data: Data) -> Data {
        Data("Content-Length: \(data.count)\r\n\r\n".utf8) + data
    }

    /// Tells the server something.
    func notify(_ method: String, _ parameters: Object = [:]) throws {
        try send(Self.frame(["jsonrpc": "2.0", "method": method, "params": parameters]))
    }

    /// Asks for something without waiting; the request's number.
    func ask(_ method: String, _ parameters: Object = [:]) throws -> Int {
        lastID += 1
        try send(
            Self.frame(["jsonrpc": "2.0", "id": lastID, "method": method, "params": parameters])
        )
        return lastID
    }

    /// Ends what the server reads.
    func closeInput() {
        close(input)
        input = -1
    }

    // MARK: - Receiving

    /// The next message.
    func message() throws -> Object {
        while true {
            if let message = try takeMessage() { return message }
            var wait = pollfd(fd: process.output, events: Int16(POLLIN), revents: 0)
            guard poll(&wait, 1, 60_000) > 0 else { throw Failure(message: "nothing comes") }
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(process.output, &chunk, chunk.count)
            guard count > 0 else { throw Failure(message: "the server has gone") }
            held += chunk.prefix(count)
        }
    }

    private func takeMessage() throws -> Object? {
        guard let header = held.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: held[..<header.lowerBound], as: UTF8.self)
        guard lines.hasPrefix("Content-Length: "), let length = Int(lines.dropFirst(16)) else {
            throw Failure(message: "no header: \(lines)")
        }
        guard held.endIndex - header.upperBound >= length else { return nil }
        let body = held[header.upperBound..<header.upperBound + length]
        held = Data(held[(header.upperBound + length)...])
        let value = try JSONSerialization.jsonObject(with: Data(body))
        guard let object = value as? Object else { throw Failure(message: "no object") }
        return object
    }

    /// The answer to a request; what is told meanwhile is kept.
    func answer(to id: Int) throws -> Object {
        while true {
            let message = try message()
            if message["id"] as? Int == id { return message }
            notifications.append(message)
        }
    }

    /// The result of a request.
    func request(_ method: String, _ parameters: Object = [:]) throws -> Any {
        let answer = try answer(to: ask(method, parameters))
        guard let result = answer["result"] else { throw Failure(message: "\(answer)") }
        return result
    }

    /// The code of the error that a request comes to.
    func failure(_ method: String, _ parameters: Object = [:]) throws -> Int? {
        let answer = try answer(to: ask(method, parameters))
        return (answer["error"] as? Object)?["code"] as? Int
    }

    /// The diagnostics that are told of a text next.
    func diagnostics(of uri: String) throws -> [Object] {
        while true {
            let message = try message()
            guard message["method"] as? String == "textDocument/publishDiagnostics",
                let parameters = message["params"] as? Object,
                parameters["uri"] as? String == uri
            else {
                notifications.append(message)
                continue
            }
            return parameters["diagnostics"] as? [Object] ?? []
        }
    }

    // MARK: - Conversations

    /// Says hello.
    @discardableResult
    func initialize(encodings: [String] = ["utf-16"], folder: URL? = nil) throws -> Object {
        var parameters: Object = [
            "processId": NSNull(),
            "capabilities": [
                "general": ["positionEncodings": encodings],
                "textDocument": ["hover": ["contentFormat": ["markdown"]]],
            ] as Object,
        ]
        if let folder { parameters["workspaceFolders"] = [["uri": folder.absoluteString]] }
        let result = try request("initialize", parameters) as? Object ?? [:]
        try notify("initialized")
        return result
    }

    /// Opens a text, and what is wrong with it.
    @discardableResult
    func open(_ uri: String, _ text: String) throws -> [Object] {
        try notify(
            "textDocument/didOpen",
            ["textDocument": ["uri": uri, "languageId": "parley", "version": 1, "text": text]]
        )
        return try diagnostics(of: uri)
    }

    /// Says goodbye; the code with which the server ends.
    func end() throws -> Int32 {
        _ = try request("shutdown")
        try notify("exit")
        return exitCode()
    }

    /// The code with which the server ends.
    func exitCode() -> Int32 {
        var status: Int32 = 0
        waitpid(process.number, &status, 0)
        self.status = status
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F)
    }
}
