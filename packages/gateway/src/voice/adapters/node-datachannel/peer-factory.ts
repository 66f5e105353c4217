// Makes peers of node-datachannel (libdatachannel, with libjuice for ICE): sockets, ICE, DTLS and SRTP are native.
import { isIP } from 'node:net';
import { preload, type RtcConfig } from 'node-datachannel';
import type { Clock } from '../../../kit/index.ts';
import type { PeerFactory } from '../../ports/peer.ts';
import { createPeer } from './node-datachannel-peer.ts';

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
  /** Connects to clients that listen on TCP. Browsers don't: they reach us through TURN where UDP is blocked. */
  iceTcp: boolean;
}

/** Makes a factory. Throws when addresses are no IP addresses. */
export function createNodeDataChannelPeers(options: NodeDataChannelOptions, clock: Clock): PeerFactory {
  const parts = { config: nativeConfig(options), publicIp: options.publicIp, clock };
  preload();
  return {
    create: (events) => createPeer(parts, events),
    // The native threads are the process's; the multiplexed port goes with its last peer.
    close() {},
  };
}

function nativeConfig({ bindAddress, udpPort, portRange, publicIp, iceTcp }: NodeDataChannelOptions): RtcConfig {
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
    enableIceTcp: iceTcp,
  };
}
