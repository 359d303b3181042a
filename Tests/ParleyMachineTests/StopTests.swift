import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyWire
import Testing

@testable import ParleyMachine

@Suite struct StopTests {
    private static let text = """
        test "two rounds" {
            for number in range(1, 2) {
                if number == 2 {
                    log "two"
                }
            }
        }

        """

    private func instructions(keepsStops: Bool) throws -> [Instruction] {
        let tree = Parser.parse(SourceText(name: "t.parley", Self.text)).tree
        let stops = keepsStops ? StopTable() : nil
        let (checked, _) = Checker.check(tree, registry: Protocols.registry, stops: stops) { _, _ in
            .failure(LoadFailure("none"))
        }
        let program = Compiler.compile(try #require(checked), stops: keepsStops)
        return program.code.instructions
    }

    private func stops(_ code: [Instruction]) -> [Int32] {
        code.compactMap { instruction in
            guard case .stop(let number) = instruction else { return nil }
            return number
        }
    }

    @Test func `a program that nobody debugs has no stop in its code`() throws {
        let plain = try instructions(keepsStops: false)
        #expect(stops(plain).isEmpty)
        let debugged = try instructions(keepsStops: true)
        #expect(stops(debugged).sorted() == [0, 1, 2])
        #expect(debugged.count == plain.count + 3)
    }

    @Test func `a run stops before each statement, each time that it comes by`() throws {
        let source = SourceText(name: "t.parley", Self.text)
        let table = StopTable()
        let (checked, _) = Checker.check(
            Parser.parse(source).tree,
            registry: Protocols.registry,
            stops: table
        ) { _, _ in .failure(LoadFailure("none")) }
        let whole = try #require(checked)
        var compiled = try Compiled(Self.text)
        let plain = FakeDriver()
        _ = try compiled.run(plain)
        #expect(!plain.log.contains { $0.hasPrefix("stop ") })
        compiled.program = Compiler.compile(whole, stops: true)
        let driver = FakeDriver()
        #expect(try compiled.run(driver).verdict == .pass)
        #expect(
            driver.log.filter { $0.hasPrefix("stop ") } == ["stop 0", "stop 1", "stop 1", "stop 2"]
        )
        #expect(table.stops.map(\.line) == [2, 3, 4])
    }
}
