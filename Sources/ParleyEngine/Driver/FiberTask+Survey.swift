import ParleyMachine
import ParleyTLS
import ParleyVerbs
import ParleyWire

extension FiberTask {
    /// Begins a survey; its sessions are the test's like any other.
    func survey(_ request: SurveyRequest, _ limit: Limit) {
        let survey = SurveyTask(
            request: request,
            limit: limit,
            loop: loop,
            greeting: test.script.limits.phases.greeting,
            makeSession: { [unowned self] exchange, owner in
                surveySession(request, limit, exchange, owner)
            },
            onEnd: { [weak self] event, session in
                guard let self, case .survey = waiting else { return }
                if let session { sessions[session.id] = session }
                resume(event)
            }
        )
        waiting = .survey(survey)
        survey.start()
    }

    private func surveySession(
        _ request: SurveyRequest,
        _ limit: Limit,
        _ exchange: SurveyExchange,
        _ owner: any SessionOwner
    ) -> Session? {
        let limits = test.script.limits
        let name = test.script.context.probeName
        guard
            let client = Protocols.client(
                for: request.spec,
                defaultName: name,
                limits: limits.wire
            )
        else { return nil }
        let session = Session(
            id: driver.run.nextSession(),
            request: ConnectRequest(
                spec: request.spec,
                label: "tls offers",
                target: request.target,
                name: request.name,
                tls: TLSRequest(),
                limit: limit,
                within: nil
            ),
            client: client,
            driver: driver,
            limits: limits,
            files: test.script.files,
            identity: identity,
            owner: owner
        )
        session.survey = exchange
        driver.add(session)
        session.publish(.connecting(session.info))
        return session
    }
}
