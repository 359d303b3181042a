import Foundation
import ParleyDiagnostics

@testable import ParleyLanguageServer

/// A client of a language server in the same process.
final class InnerClient {
    typealias Object = [String: Any]

    let server: LanguageServer
    /// The texts that were studied, in order: `uri version`.
    private(set) var studies: [String] = []
    private var lastID = 0
    private var held = Data()
    /// What the server said, in order.
    private(set) var messages: [Object] = []

    /// - Parameter files: what the disk holds, by path.
    init(files: [String: String] = [:]) {
        let reads = ServerFiles(
            resolve: { files[$0] == nil ? nil : $0 },
            read: { path in
                files[path].map { .success(Array($0.utf8)) } ?? .failure(.init("no such file"))
            },
            entries: { _, _ in [] }
        )
        server = LanguageServer(files: reads, version: "0")
        server.workspace.willStudy = { [unowned self] document in
            studies.append("\(document.uri) \(document.version ?? -1)")
        }
    }

    /// Says hello.
    func initialize() throws {
        _ = try request("initialize", ["capabilities": [:] as Object])
        try tell("initialized")
        run()
    }

    // MARK: - Sending: nothing is carried out before ``run()``

    func tell(_ method: String, _ parameters: Object = [:]) throws {
        try send(["jsonrpc": "2.0", "method": method, "params": parameters])
    }

    func ask(_ method: String, _ parameters: Object = [:]) throws -> Int {
        lastID += 1
        try send(["jsonrpc": "2.0", "id": lastID, "method": method, "params": parameters])
        return lastID
    }

    private func send(_ object: Object) throws {
        let data = try JSONSerialization.data(withJSONObject: object)
        server.receive(Data("Content-Length: \(data.count)\r\n\r\n".utf8) + data)
    }

    func open(_ uri: String, _ text: String, version: Int = 1) throws {
        let item: Object = ["uri": uri, "version": version, "text": text]
        try tell("textDocument/didOpen", ["textDocument": item])
    }

    func replace(_ uri: String, _ text: String, version: Int) throws {
        try tell(
            "textDocument/didChange",
            [
                "textDocument": ["uri": uri, "version": version] as Object,
                "contentChanges": [["text": text]],
            ]
        )
    }

    // MARK: - Carrying out

    /// Carries out everything that was sent.
    func run() {
        while server.hasWork { take(server.step()) }
    }

    /// Carries out what was sent, up to the answer to a request.
    func answer(to id: Int) -> Object? {
        while true {
            if let found = messages.first(where: { $0["id"] as? Int == id }) { return found }
            guard server.hasWork else { return nil }
            take(server.step())
        }
    }

    /// Asks and waits for the answer.
    func request(_ method: String, _ parameters: Object = [:]) throws -> Object? {
        answer(to: try ask(method, parameters))
    }

    private func take(_ octets: [UInt8]) {
        held += octets
        while let header = held.range(of: Data("\r\n\r\n".utf8)) {
            let digits = String(decoding: held[..<header.lowerBound], as: UTF8.self).dropFirst(16)
            let end = header.upperBound + (Int(digits) ?? 0)
            guard held.endIndex >= end else { return }
            let body = Data(held[header.upperBound..<end])
            held = Data(held[end...])
            let object = try? JSONSerialization.jsonObject(with: body) as? Object
            messages.append(object ?? ["unreadable": String(decoding: body, as: UTF8.self)])
        }
    }

    /// The versions of a text whose diagnostics were told, in order.
    func checkedVersions(of uri: String) -> [Int] {
        messages.compactMap { message in
            let parameters = message["params"] as? Object
            guard message["method"] as? String == "textDocument/publishDiagnostics",
                parameters?["uri"] as? String == uri
            else { return nil }
            return parameters?["version"] as? Int
        }
    }
}
