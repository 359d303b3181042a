import ParleyDiagnostics
import ParleySemantics
import ParleyVerbs

extension CodeBuilder {
    mutating func connect(_ connect: CheckedConnect, at place: SourcePlace) {
        let endpoint = operand(connect.endpoint)
        let name = connect.name.map { operand($0) }
        let source = connect.source.map { operand($0) }
        let pregreet = connect.pregreet.map { operand($0) }
        let site = ConnectSite(
            place: place,
            spec: connect.spec,
            slot: connect.session.index,
            label: connect.session.label,
            endpoint: endpoint,
            name: name,
            source: source,
            route: route(connect.route),
            pregreet: pregreet,
            tls: tls(connect.tls),
            expectation: expectation(connect.expectation),
            within: connect.within.map { limit($0) },
            binding: connect.binding.map { Register($0.index) }
        )
        connects.append(site)
        locate(place)
        emit(.connect(Int32(connects.count - 1)))
    }

    /// A verb with its constant arguments in place.
    mutating func verbSite(_ verb: CheckedVerb) -> VerbSite {
        var call = VerbCall(verb.spec, admitsRefusal: verb.expectation.admitsRefusal)
        var holes: [VerbSite.Hole] = []
        for (index, argument) in verb.arguments.enumerated() {
            if let bytes = argument.value.constantWord {
                call.arguments.append(VerbArgument(slot: argument.slot, bytes: bytes))
            } else {
                call.arguments.append(VerbArgument(slot: argument.slot, bytes: []))
                holes.append(.argument(index, operand(argument.value)))
            }
        }
        for clause in verb.clauses {
            call.clauses[clause.name] = VerbArgument(
                slot: 0,
                bytes: clause.value?.constantWord ?? []
            )
            if let value = clause.value, value.constantWord == nil {
                holes.append(.clause(clause.name, operand(value)))
            }
        }
        return VerbSite(
            place: verb.place,
            slot: verb.session.index,
            label: verb.session.label,
            call: call,
            holes: holes,
            tls: verb.tls.map { tls($0) },
            expectation: expectation(verb.expectation),
            within: verb.within.map { limit($0) },
            binding: verb.binding.map { Register($0.index) }
        )
    }

    mutating func pipeline(
        _ slot: SessionSlot,
        _ isForced: Bool,
        _ calls: [CheckedVerb],
        at place: SourcePlace
    ) {
        let sites = calls.map { verbSite($0) }
        pipelines.append(
            PipelineSite(
                place: place,
                slot: slot.index,
                label: slot.label,
                isForced: isForced,
                verbs: sites
            )
        )
        locate(place)
        emit(.pipeline(Int32(pipelines.count - 1)))
    }

    mutating func send(_ send: CheckedSend, at place: SourcePlace) {
        let text = operand(send.text)
        let framing: SendSite.Framing =
            switch send.framing {
            case .line(let end): .line(end)
            case .long(let length): .long(operand(length))
            case .raw: .raw
            case .content(let framing, let ending):
                .content(framing, ending: ending.map { operand($0) })
            }
        sends.append(
            SendSite(
                place: place,
                slot: send.session.index,
                label: send.session.label,
                text: text,
                framing: framing,
                allowsClear: send.allowsClear,
                expectation: send.expectation.map { expectation($0) },
                within: send.within.map { limit($0) },
                binding: send.binding.map { Register($0.index) }
            )
        )
        locate(place)
        emit(.send(Int32(sends.count - 1)))
    }

    mutating func receive(_ receive: CheckedReceive, at place: SourcePlace) {
        let unit: ReceiveSite.Unit
        switch receive.unit {
        case .line: unit = .line
        case .reply: unit = .reply
        case .bytes(let count): unit = .bytes(operand(count))
        case .until(let pattern): unit = .until(patternSite(pattern))
        }
        receives.append(
            ReceiveSite(
                place: place,
                slot: receive.session.index,
                label: receive.session.label,
                unit: unit,
                expectation: expectation(receive.expectation),
                within: receive.within.map { limit($0) },
                binding: receive.binding.map { Register($0.index) }
            )
        )
        locate(place)
        emit(.receive(Int32(receives.count - 1)))
    }

    private mutating func route(_ route: CheckedRoute) -> RouteSite {
        RouteSite(
            family: route.family,
            proxy: route.proxy.map { operand($0) },
            user: route.user.map { operand($0) },
            password: route.password.map { operand($0) },
            allowsClear: route.allowsClear,
            header: route.header.map { header in
                ProxyHeaderSite(
                    version: header.version,
                    isUnknown: header.isUnknown,
                    isLocal: header.isLocal,
                    client: header.client.map { operand($0) },
                    server: header.server.map { operand($0) },
                    authority: header.authority.map { operand($0) }
                )
            }
        )
    }

    mutating func tls(_ tls: CheckedTLS) -> TLSSite {
        var site = TLSSite()
        site.constant.verification = tls.verification
        site.authority = tls.authority.map { operand($0) }
        switch tls.resumption {
        case .auto: site.constant.resumption = .auto
        case .session(let slot): site.resumed = slot
        case nil: break
        }
        for (clause, value) in tls.settings {
            // The checker has read what is constant; whatever else goes wrong does so at run time.
            if let word = value?.constantWord ?? (value == nil ? [] : nil),
                (try? site.constant.set(clause, .string(String(decoding: word, as: UTF8.self))))
                    != nil
            {
                continue
            }
            if let value { site.holes.append((clause, operand(value))) }
        }
        return site
    }

    mutating func expectation(_ expectation: CheckedExpectation) -> ExpectationSite {
        let alternatives = expectation.alternatives.map { alternative in
            ExpectationSite.Alternative(
                outcome: alternative.outcome,
                code: alternative.code,
                enhanced: alternative.enhanced.map { StatusCode($0) },
                status: alternative.status,
                responseCode: alternative.responseCode,
                pattern: alternative.pattern.map { patternSite($0) },
                text: alternative.text
            )
        }
        return ExpectationSite(
            alternatives: alternatives,
            isExplicit: expectation.isExplicit,
            isSoftened: expectation.isSoftened,
            place: expectation.place
        )
    }
}

extension CheckedExpression {
    /// The octets of a literal word; `nil` if it is made at run time, or holds what no word may.
    var constantWord: [UInt8]? {
        guard let bytes = constantOctets,
            !bytes.contains(where: { $0 == 0 || $0 == 10 || $0 == 13 })
        else { return nil }
        return bytes
    }

    private var constantOctets: [UInt8]? {
        switch form {
        case .constant(let constant): return try? Value(constant).octets()
        case .template(let pieces, _):
            var bytes: [UInt8] = []
            for piece in pieces {
                guard let part = piece.constantOctets else { return nil }
                bytes += part
            }
            return bytes
        default: return nil
        }
    }
}
