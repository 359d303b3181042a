import ParleyTesting

/// Networks that do something to the connections to ``Servers/address``.
enum SimulatedNetworks {
    static func faulty(_ fault: NetworkFault, seed: UInt64 = 1) -> SimulatedNetwork {
        let network = SimulatedNetwork(seed: seed)
        network.setFault(fault, for: Servers.address)
        return network
    }
}
