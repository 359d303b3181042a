import ParleyDiagnostics
import ParleySemantics

extension Fiber {
    func startServer(_ number: Int32) throws -> Request? {
        let site = code.servers[Int(number)]
        var texts: [[UInt8]] = []
        for register in site.texts { texts.append(try registers[Int(register)].octets()) }
        waiting = .startServer(number)
        _ = enclosingLimit()
        return .startServer(ServerScript(server: site.server, texts: texts))
    }

    func serverStarted(_ number: Int32, _ event: Event) throws {
        let site = code.servers[Int(number)]
        guard case .serverStarted(let server) = event else {
            throw unexpected(
                event,
                stage: "start \(site.server.name)",
                family: "local",
                handle: nil
            )
        }
        servers.append(server)
        registers[Int(site.into)] = .server(server)
        position += 1
    }

    func stopServer(_ register: Register) throws -> Request? {
        guard case .server(let server) = registers[Int(register)] else {
            throw ScriptError.unbound("the server")
        }
        position += 1
        guard let index = servers.firstIndex(where: { $0 === server }) else { return nil }
        servers.remove(at: index)
        waiting = .turn
        return .stopServer(server)
    }
}
