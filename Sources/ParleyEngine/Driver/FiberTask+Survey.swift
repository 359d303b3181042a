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
            makeSession: { [unowned self] exchange, owner throws(SessionFailure) in
                try surveySession(request, limit, exchange, owner)
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
    ) throws(SessionFailure) -> Session {
        let session = try makeSession(
            ConnectRequest(
                spec: request.spec,
                label: "tls offers",
                target: request.target,
                name: request.name,
                tls: TLSRequest(),
                limit: limit,
                within: nil
            ),
            owner: owner
        )
        session.survey = exchange
        return session
    }
}
