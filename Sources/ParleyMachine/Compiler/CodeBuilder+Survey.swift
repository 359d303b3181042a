import ParleyDiagnostics
import ParleySemantics

extension CodeBuilder {
    mutating func survey(_ survey: CheckedSurvey, at place: SourcePlace) {
        let endpoint = operand(survey.endpoint)
        let name = survey.name.map { operand($0) }
        surveys.append(
            SurveySite(
                spec: survey.spec,
                endpoint: endpoint,
                name: name,
                within: survey.within.map { limit($0) },
                binding: survey.binding.map { Register($0.index) }
            )
        )
        locate(place)
        emit(.survey(Int32(surveys.count - 1)))
    }
}
