import { AuditQuery } from '../audit/routes.ts'
import { HideBody, ReportQuery } from '../report/admin-routes.ts'
import { MOST_HIDDEN } from '../report/hide-reports.ts'
import { KeptServiceQuery } from '../service/admin-routes.ts'
import { ServiceChange } from '../service/service-schema.ts'
import * as admin from './admin-schemas.ts'
import { json, type Operation, text } from './operation.ts'

const SERVICE = { slug: { description: 'Slug of a service.', example: 'exchange-online' } }

const BODY = {
  name: 'Exchange Online',
  aliases: ['outlook', 'office 365 mail'],
  category: 'mail-and-office',
  homepage: 'https://outlook.office.com',
  features: ['send mail', 'receive mail', 'sign in'],
  dependsOn: [],
}

const KEPT_EXAMPLE = {
  slug: 'exchange-online',
  ...BODY,
  statusPage: null,
  countries: [],
  isActive: true,
  createdAt: '2026-01-31T12:05:00.000Z',
  updatedAt: '2026-01-31T12:05:00.000Z',
  editedAt: null,
}

const REPORT_EXAMPLE = {
  id: '5b0d2d7c-8a9f-4c58-9d7b-6f1f9a2f6c11',
  service: 'exchange-online',
  receivedAt: '2026-01-31T12:05:00.000Z',
  observedAt: null,
  kind: 'problem',
  errorType: 'login',
  region: 'US-TX',
  feature: 'sign in',
  comment: 'The password is not taken.',
  network: 'gGk4y8w1cTn5',
  asn: null,
  weight: 1,
  source: null,
  isHidden: false,
}

const OUTCOME_EXAMPLE = { services: ['exchange-online'], notFound: [], publishedDays: [], incidents: [] }

const AUDIT_EXAMPLE = {
  id: '12',
  at: '2026-01-31T12:05:00.000Z',
  actor: 'admin',
  action: 'service.changed',
  subject: 'exchange-online',
  data: { before: { isActive: true }, after: { isActive: false } },
}

const HIDING = {
  filter: {
    service: 'exchange-online',
    from: '2026-01-31T12:00:00Z',
    to: '2026-01-31T13:00:00Z',
    network: 'gGk4y8w1cTn5',
  },
  note: 'One host with many addresses.',
}

/** What the operator alone may do: the catalogue, the reports, and what was done. */
export const ADMIN_OPERATIONS: readonly Operation[] = [
  {
    id: 'listKeptServices',
    method: 'get',
    path: '/v1/admin/services',
    tag: 'Administration',
    summary: 'The catalogue',
    description: 'All services in order of slug, also those that are retired.',
    query: KeptServiceQuery,
    queryExample: 'isActive=false',
    answers: {
      200: {
        description: 'A page of services.',
        content: json(admin.KeptServiceList, { items: [KEPT_EXAMPLE], nextCursor: null }),
        headers: ['Link'],
      },
    },
    access: 'admin',
  },
  {
    id: 'getKeptService',
    method: 'get',
    path: '/v1/admin/services/{slug}',
    tag: 'Administration',
    summary: 'One service of the catalogue',
    description: 'Also one that is retired.',
    pathParameters: SERVICE,
    answers: { 200: { description: 'The service.', content: json(admin.KeptService, KEPT_EXAMPLE) } },
    problems: [404],
    access: 'admin',
  },
  {
    id: 'putService',
    method: 'put',
    path: '/v1/admin/services/{slug}',
    tag: 'Administration',
    summary: 'Add a service, or replace it whole',
    description:
      'Here it is known at once, by other replicas within 15 seconds. What an operator has edited stays when a new version brings its own catalogue.',
    pathParameters: SERVICE,
    body: json(admin.ServiceBody, BODY),
    answers: {
      201: { description: 'Added.', content: json(admin.KeptService, KEPT_EXAMPLE), headers: ['Location'] },
      200: { description: 'Replaced, or as it was.', content: json(admin.KeptService, KEPT_EXAMPLE) },
    },
    problems: [413, 415],
    access: 'admin',
  },
  {
    id: 'changeService',
    method: 'patch',
    path: '/v1/admin/services/{slug}',
    tag: 'Administration',
    summary: 'Change a service',
    description:
      'What is not named stays. `isActive: false` retires it: nobody can report on it any more, and its record stays. A service is never deleted.',
    pathParameters: SERVICE,
    body: json(ServiceChange, { isActive: false }),
    answers: {
      200: { description: 'As it is now.', content: json(admin.KeptService, { ...KEPT_EXAMPLE, isActive: false }) },
    },
    problems: [404, 413, 415],
    access: 'admin',
  },
  {
    id: 'searchReports',
    method: 'get',
    path: '/v1/admin/reports',
    tag: 'Administration',
    summary: 'Search the reports',
    description:
      'Newest first, as long as raw reports are kept. `network` tells a crowd behind one network; who reported is not known.',
    query: ReportQuery,
    queryExample: 'service=exchange-online&errorType=login',
    answers: {
      200: {
        description: 'A page of reports. As CSV the whole window.',
        content: {
          ...json(admin.FoundReportList, { items: [REPORT_EXAMPLE], nextCursor: null }),
          ...text('text/csv'),
        },
        headers: ['Link'],
      },
    },
    problems: [404],
    access: 'admin',
  },
  {
    id: 'hideReports',
    method: 'post',
    path: '/v1/admin/reports/hide',
    tag: 'Administration',
    summary: 'Hide reports',
    description: `Their words are told nowhere any more, and they leave all counts and what detection has learned, all or nothing; up to ${MOST_HIDDEN} at once. What was published stays: snapshots, the archive of final days, and what was told of incidents.`,
    body: json(HideBody, HIDING),
    answers: {
      200: { description: 'What was hidden.', content: json(admin.Hidden, { hidden: 412, ...OUTCOME_EXAMPLE }) },
    },
    problems: [404, 413, 415],
    access: 'admin',
  },
  {
    id: 'unhideReports',
    method: 'post',
    path: '/v1/admin/reports/unhide',
    tag: 'Administration',
    summary: 'Show reports again',
    description: 'They count again exactly as they did.',
    body: json(HideBody, { ids: ['5b0d2d7c-8a9f-4c58-9d7b-6f1f9a2f6c11'], note: 'It was genuine.' }),
    answers: {
      200: {
        description: 'What is shown again.',
        content: json(admin.Unhidden, { unhidden: 1, ...OUTCOME_EXAMPLE }),
      },
    },
    problems: [404, 413, 415],
    access: 'admin',
  },
  {
    id: 'readAuditLog',
    method: 'get',
    path: '/v1/admin/audit-log',
    tag: 'Administration',
    summary: 'What operators did',
    description:
      'Newest first: keys, services, reports and incidents, over the API and by command. It holds no secret, no address and no report’s words.',
    query: AuditQuery,
    queryExample: 'subject=exchange-online',
    answers: {
      200: {
        description: 'A page of entries. As CSV all that is asked for.',
        content: { ...json(admin.AuditLog, { items: [AUDIT_EXAMPLE], nextCursor: null }), ...text('text/csv') },
        headers: ['Link'],
      },
    },
    access: 'admin',
  },
]
