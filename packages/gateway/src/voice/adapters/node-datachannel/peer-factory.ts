// Makes peers of node-datachannel (libdatachannel, with libjuice for ICE): sockets, ICE, DTLS and SRTP are native.
import { isIP } from 'node:net';
import { preload, type RtcConfig } from 'node-datachannel';
import type { Clock } from '../../../kit/index.ts';
import type { PeerFactory } from '../../ports/peer.ts';
import { createPeer } from './node-datachannel-peer.ts';
import { openTcpGate } from './tcp-gate.ts';

/** Where media flows. */
export interface NodeDataChannelOptions {
  /** The address to listen on; `0.0.0.0` or `::` for all there are. */
  bindAddress: string;
  /** One UDP port for all calls; 0: a port of the range for each. */
  udpPort: number;
  /** First and last UDP port. */
  portRange: readonly [number, number];
  /** Announced besides local addresses: where the world reaches us when a NAT maps ports one to one. */
  publicIp: string | undefined;
  /** Takes media over TCP too: at the number of `udpPort`, or else at the first free one of the range. */
  iceTcp: boolean;
}

/** Makes a factory. Throws when addresses are no IP addresses. */
export function createNodeDataChannelPeers(options: NodeDataChannelOptions, clock: Clock): PeerFactory {
  const { bindAddress, publicIp, iceTcp } = options;
  const config = nativeConfig(options);
  const ports = [config.portRangeBegin ?? 0, config.portRangeEnd ?? 0] as const;
  const udpAddress = config.bindAddress ?? '127.0.0.1';
  const gate = iceTcp ? openTcpGate({ bindAddress, ports, udpAddress }) : undefined;
  const parts = { config, publicIp, clock, gate };
  preload();
  return {
    create: (events) => createPeer(parts, events),
    // The native threads are the process's; the multiplexed port goes with its last peer.
    close: () => gate?.close(),
  };
}

function nativeConfig({ bindAddress, udpPort, portRange, publicIp }: NodeDataChannelOptions): RtcConfig {
  for (const address of [bindAddress, publicIp]) {
    if (address !== undefined && isIP(address) === 0) throw new Error(`not an IP address: ${address}`);
  }
  const [portRangeBegin, portRangeEnd] = udpPort === 0 ? portRange : [udpPort, udpPort];
  const isAny = bindAddress === '0.0.0.0' || bindAddress === '::';
  return {
    iceServers: [],
    ...(isAny ? {} : { bindAddress }),
    portRangeBegin,
    portRangeEnd,
    enableIceUdpMux: udpPort !== 0,
    // The native stack can only call out over TCP, and browsers listen nowhere: see the gate.
    enableIceTcp: false,
  };
}
