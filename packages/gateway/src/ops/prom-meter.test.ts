import { describe, expect, it } from 'vitest';
import { promMeter } from './prom-meter.ts';

describe('promMeter', () => {
  it('adds up a counter for each label', async () => {
    const meter = promMeter();
    const events = meter.counter({ name: 'events_total', help: 'Events', labels: ['type'] });
    events.add(1, { type: 'heartbeat' });
    events.add(2, { type: 'user-message' });
    events.add(1, { type: 'heartbeat' });
    const lines = linesOf(await meter.text());
    expect(lines).toContain('events_total{type="heartbeat"} 2');
    expect(lines).toContain('events_total{type="user-message"} 2');
  });

  it('tells the same however often it is asked', async () => {
    const meter = promMeter();
    meter.counter({ name: 'events_total', help: 'Events' }).add(3);
    await meter.text();
    expect(linesOf(await meter.text())).toContain('events_total 3');
  });

  it('shows a counter nobody has touched as zero', async () => {
    const meter = promMeter();
    meter.counter({ name: 'events_total', help: 'Events' });
    expect(linesOf(await meter.text())).toContain('events_total 0');
  });

  it('keeps apart combinations of several labels', async () => {
    const meter = promMeter();
    const answers = meter.counter({ name: 'answers_total', help: 'Answers', labels: ['route', 'status'] });
    answers.add(1, { route: 'a', status: '200' });
    answers.add(1, { route: 'a', status: '400' });
    const lines = linesOf(await meter.text());
    expect(lines).toContain('answers_total{route="a",status="200"} 1');
    expect(lines).toContain('answers_total{route="a",status="400"} 1');
  });

  it('shows the last value of a gauge', async () => {
    const meter = promMeter();
    const connections = meter.gauge({ name: 'connections', help: 'Open sockets' });
    connections.set(5);
    connections.set(4);
    expect(linesOf(await meter.text())).toContain('connections 4');
  });

  it('sorts observations into the buckets it was given', async () => {
    const meter = promMeter();
    const latency = meter.histogram({ name: 'latency_seconds', help: 'Latency', labels: ['agent'], buckets: [0.1, 1] });
    latency.observe(0.05, { agent: 'ada' });
    latency.observe(0.5, { agent: 'ada' });
    const lines = linesOf(await meter.text());
    expect(lines).toContain('latency_seconds_bucket{le="0.1",agent="ada"} 1');
    expect(lines).toContain('latency_seconds_bucket{le="1",agent="ada"} 2');
    expect(lines).toContain('latency_seconds_count{agent="ada"} 2');
  });

  it('gives the same instrument for the same name', async () => {
    const meter = promMeter();
    meter.counter({ name: 'events_total', help: 'Events' }).add();
    meter.counter({ name: 'events_total', help: 'Events' }).add();
    expect(linesOf(await meter.text())).toContain('events_total 2');
  });

  it('measures the process itself when asked to', async () => {
    expect(await promMeter({ processMetrics: true }).text()).toContain('process_cpu_seconds_total');
    expect(await promMeter().text()).not.toContain('process_cpu_seconds_total');
  });
});

function linesOf(text: string): string[] {
  return text.split('\n');
}
