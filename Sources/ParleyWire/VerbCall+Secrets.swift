internal import ParleyVerbs

extension VerbCall {
    /// Whether an argument derives from a secret, or stands where only a secret does.
    var hasSecret: Bool {
        for argument in arguments {
            if argument.isSecret { return true }
            if spec.slots.indices.contains(argument.slot), spec.slots[argument.slot].isSecret {
                return true
            }
        }
        return false
    }
}
