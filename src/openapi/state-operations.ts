import { EventsQuery } from '../alert/event-routes.ts'
import { StreamQuery } from '../alert/stream-routes.ts'
import { HeatmapQuery } from '../heatmap/routes.ts'
import { IncidentListQuery, SpikeListQuery } from '../incident/routes.ts'
import { WhereQuery } from '../report/where-routes.ts'
import { BreakdownQuery, ListQuery, TimeseriesQuery } from '../service/routes.ts'
import * as example from './examples.ts'
import { json, type Operation, text } from './operation.ts'
import * as state from './state-schemas.ts'

const SERVICE = { slug: { description: 'Slug of a service.', example: 'exchange-online' } }

/** Reads of the state of the world, and of what happens in it. */
export const STATE_OPERATIONS: readonly Operation[] = [
  {
    id: 'listServices',
    method: 'get',
    path: '/v1/services',
    tag: 'State',
    summary: 'Services and how they stand',
    description:
      'The catalogue with the state of each service now. With `query` the best fits come first, and slips are forgiven.',
    query: ListQuery,
    queryExample: 'query=exchange&limit=3',
    answers: {
      200: {
        description: 'A page of services.',
        content: json(state.ServiceList, example.listExample(example.SERVICE_EXAMPLE)),
        headers: ['Link'],
      },
    },
    isRead: true,
  },
  {
    id: 'getService',
    method: 'get',
    path: '/v1/services/{slug}',
    tag: 'State',
    summary: 'Is it down?',
    description: 'One service and how it stands now.',
    pathParameters: SERVICE,
    answers: {
      200: {
        description: 'The service.',
        content: json(state.ServiceDetail, example.detailExample(example.SERVICE_EXAMPLE)),
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getTimeseries',
    method: 'get',
    path: '/v1/services/{slug}/timeseries',
    tag: 'State',
    summary: 'Reports over time',
    description:
      'Reporters by step beside what is usual and its 95 % band. The last day unless told; at most 3,000 points. A step of which most was not listened to, or that is still to come, has no `count`; what is usual is foreseen for a week at most.',
    pathParameters: SERVICE,
    query: TimeseriesQuery,
    queryExample: 'step=15m',
    answers: {
      200: {
        description: 'The series. As CSV the units stand in the header.',
        content: { ...json(state.Timeseries, example.TIMESERIES_EXAMPLE), ...text('text/csv') },
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getBreakdown',
    method: 'get',
    path: '/v1/services/{slug}/breakdown',
    tag: 'State',
    summary: 'What fails, and where',
    description:
      'Shares of the reports by error type, feature and country, and the share of problems among all who voted.',
    pathParameters: SERVICE,
    query: BreakdownQuery,
    queryExample: 'window=24h',
    answers: { 200: { description: 'The shares.', content: json(state.Breakdown, example.BREAKDOWN_EXAMPLE) } },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getHeatmap',
    method: 'get',
    path: '/v1/heatmap',
    tag: 'State',
    summary: 'Where people report',
    description:
      'One cell a region. Cells of one or two people are kept back, and with them cells without a report, so that neither a sum nor the hidden cells give a count away. Of a hidden country no subdivision is told. A region without a report is `null` where for most of the window nobody listened, or it is still to come; reports that did come in are told, beside what is usual for the part that was listened to. For all services together, what was usual in the last hour is what is usual now, and in quarters of an hour without news before that it is the last that was told.',
    query: HeatmapQuery,
    queryExample: 'window=24h&level=country',
    answers: {
      200: {
        description: 'The cells. GeoJSON has a point inside each region; CSV has units in the header.',
        content: {
          ...json(state.Heatmap, example.HEATMAP_EXAMPLE),
          'application/geo+json': { schema: state.HeatmapGeojson, example: example.HEATMAP_GEOJSON_EXAMPLE },
          ...text('text/csv'),
        },
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'listSpikes',
    method: 'get',
    path: '/v1/spikes',
    tag: 'State',
    summary: 'Spikes, newest first',
    description: 'Series of reports above what their baseline explains. `suspected` ones are not confirmed.',
    query: SpikeListQuery,
    queryExample: 'status=open',
    answers: {
      200: {
        description: 'A page of spikes.',
        content: json(state.SpikeList, example.listExample(example.SPIKE_EXAMPLE)),
        headers: ['Link'],
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getSpike',
    method: 'get',
    path: '/v1/spikes/{id}',
    tag: 'State',
    summary: 'One spike',
    description: 'A spike by its id.',
    pathParameters: { id: { description: 'Id of a spike.', example: '01kg8x2v7h0c3d5e' } },
    answers: {
      200: {
        description: 'The spike.',
        content: json(state.SpikeDetail, example.detailExample(example.SPIKE_EXAMPLE)),
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'listIncidents',
    method: 'get',
    path: '/v1/incidents',
    tag: 'State',
    summary: 'Incidents, newest first',
    description:
      'Concurrent spikes of a service told as one story. `class` tells outages of a service’s own from spill-over of another’s.',
    query: IncidentListQuery,
    queryExample: 'status=all&limit=5',
    answers: {
      200: {
        description: 'A page of incidents.',
        content: json(state.IncidentList, example.listExample(example.INCIDENT_EXAMPLE)),
        headers: ['Link'],
      },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getIncident',
    method: 'get',
    path: '/v1/incidents/{id}',
    tag: 'State',
    summary: 'One incident, whole',
    description: 'With its timeline, its spikes, and what the provider said.',
    pathParameters: { id: { description: 'Id of an incident.', example: '01kg8x2v9m4t7zqa' } },
    answers: {
      200: { description: 'The incident.', content: json(state.IncidentDetail, example.INCIDENT_DETAIL_EXAMPLE) },
    },
    problems: [404],
    isRead: true,
  },
  {
    id: 'getMethod',
    method: 'get',
    path: '/v1/method',
    tag: 'State',
    summary: 'How well the method keeps its promise',
    description:
      'The realised rate of false alarms, estimated from the evidence of past weeks, and how often counts lay in their expected band: measured on this instance, once an hour.',
    answers: { 200: { description: 'The measure.', content: json(state.MethodMeasure, example.METHOD_EXAMPLE) } },
    isRead: true,
  },
  {
    id: 'listEvents',
    method: 'get',
    path: '/v1/events',
    tag: 'Events',
    summary: 'The event log',
    description:
      'Everything that happened after the cursor, in order. Keep `nextCursor` and ask again: nothing is lost and nothing comes twice.',
    query: EventsQuery,
    queryExample: 'cursor=0&limit=10',
    answers: { 200: { description: 'Events in order.', content: json(state.EventList, example.EVENT_LIST_EXAMPLE) } },
    isRead: true,
  },
  {
    id: 'streamEvents',
    method: 'get',
    path: '/v1/spikes/stream',
    tag: 'Events',
    summary: 'The event log as it grows',
    description:
      'Server-Sent Events: `event` is the type, `id` the cursor, `data` the event as `/v1/events` gives it. After a break come back with `Last-Event-ID` (browsers do so by themselves): nothing is lost and nothing comes twice, on whatever replica. A sign of life comes every 15 seconds; a reader that takes nothing for a minute is let go.',
    query: StreamQuery,
    queryExample: 'type=spike.opened,spike.resolved',
    requestHeaders: { 'Last-Event-ID': { description: 'Id of the last event that you have.', example: '4711' } },
    answers: {
      200: {
        description: 'The stream; it does not end by itself.',
        content: text(
          'text/event-stream',
          `retry: 3000\nid: 4710\n\nid: 4711\nevent: spike.opened\ndata: ${JSON.stringify(example.EVENT_EXAMPLE)}\n\n`,
        ),
        headers: ['RateLimit', 'RateLimit-Policy'],
      },
    },
    problems: [503],
  },
  {
    id: 'guessPlace',
    method: 'get',
    path: '/v1/where',
    tag: 'State',
    summary: 'Where you seem to be',
    description: 'The place that a report of yours would be counted in unless you say otherwise. Not kept.',
    answers: {
      200: {
        description: 'The guess; all `null` when there is none.',
        content: json(state.Place, {
          country: 'US',
          subdivision: 'US-TX',
          region: 'US-TX',
          name: 'Texas',
          regions: [['US-TX', 'Texas']],
        }),
      },
    },
    query: WhereQuery,
    isUnlimited: true,
  },
]
