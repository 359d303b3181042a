import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("A network with faults")
struct FaultTests {
    /// A whole dialogue with everything in it: TLS, a login, a message.
    private static let dialogue =
        Servers.greeting + """
            starttls
            ehlo probe.test
            auth plain tour wonderland => 235
            pipeline {
                mail a@probe.test
                rcpt b@mx.test
                data
            }
            send Subject: probe
            send .                     => 250
            quit
            """

    private static let plain =
        Servers.greeting + """
            mail a@probe.test
            rcpt b@mx.test
            rset
            quit
            """

    @Test(
        "of segments changes nothing",
        arguments: [NetworkFault.Segments.singleBytes, .coalesced]
    )
    func segments(_ segments: NetworkFault.Segments) throws {
        for seed in 1...5 as ClosedRange<UInt64> {
            let network = SimulatedNetworks.faulty(.init(segments: segments), seed: seed)
            let run = try play(test: Self.dialogue, on: network)
            #expect(run.verdict == .pass, "\(run.findings)")
        }
    }

    @Test("is the same run again from the same seed")
    func deterministic() throws {
        let runs = try (0..<2).map { _ in
            try play(test: Self.plain, on: SimulatedNetwork(seed: 42))
        }
        #expect(runs[0].events.map(\.time) == runs[1].events.map(\.time))
        #expect(runs[0].sent == runs[1].sent)
    }

    /// Ends one direction after every number of octets, until the dialogue passes.
    private func breakEverywhere(
        _ dialogue: String,
        step: Int = 1,
        fault: (Int) -> NetworkFault,
        check: (Outcome, Int) -> Void
    ) throws {
        let script = try compile(
            Servers.polite + "\ntest \"t\" timeout 60s {\n\(dialogue)\n}\n"
        )
        var octets = 0
        while octets < 100_000 {
            let network = SimulatedNetworks.faulty(fault(octets), seed: UInt64(octets))
            let run = try play([script], on: network)
            #expect(run.results.count == 1)
            guard run.verdict != .pass else { return }
            #expect(run.verdict == .fail, "after \(octets) octets: \(run.findings)")
            #expect(run.failures.count == 1, "after \(octets) octets: \(run.findings)")
            #expect(run.stage?.isEmpty == false, "after \(octets) octets: \(run.findings)")
            #expect(run.summary.exitCode == 1)
            #expect(run.seconds < 61)
            check(run, octets)
            octets += step
        }
        Issue.record("the dialogue never passes")
    }

    @Test("that loses what the server sends ends in a timeout with its stage")
    func dropToClient() throws {
        try breakEverywhere(Self.plain, fault: { .init(toClient: .drop(after: $0)) }) {
            run,
            octets in
            #expect(
                ["smtp.banner.timeout", "smtp.reply.timeout"].contains(run.reason)
                    || (run.stage == "QUIT" && run.reason == "smtp.closed"),
                "after \(octets): \(run.findings)"
            )
        }
    }

    @Test("that loses what we send ends in a timeout with its stage")
    func dropToServer() throws {
        try breakEverywhere(Self.plain, fault: { .init(toServer: .drop(after: $0)) }) {
            run,
            octets in
            #expect(run.reason == "smtp.reply.timeout", "after \(octets): \(run.findings)")
        }
    }

    @Test("that resets is told as a reset with its stage")
    func reset() throws {
        try breakEverywhere(Self.plain, fault: { .init(toClient: .reset(after: $0)) }) {
            run,
            octets in
            #expect(run.reason == "net.reset", "after \(octets): \(run.findings)")
        }
        try breakEverywhere(Self.plain, fault: { .init(toServer: .reset(after: $0)) }) {
            run,
            octets in
            #expect(run.reason == "net.reset", "after \(octets): \(run.findings)")
        }
    }

    @Test("that breaks TLS anywhere ends with a verdict and a stage")
    func withTLS() throws {
        func isNamed(_ run: Outcome, _ octets: Int) {
            let family = run.reason?.prefix { $0 != "." }
            #expect(
                ["smtp", "net", "tls", "time"].contains(family),
                "after \(octets): \(run.findings)"
            )
        }
        let faults: [(Int) -> NetworkFault] = [
            { .init(segments: .coalesced, toClient: .drop(after: $0)) },
            { .init(toServer: .drop(after: $0)) },
            { .init(toClient: .reset(after: $0)) },
            { .init(toServer: .reset(after: $0)) },
        ]
        for fault in faults {
            try breakEverywhere(Self.dialogue, step: 113, fault: fault, check: isNamed)
        }
    }
}
