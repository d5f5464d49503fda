import { AuditQuery } from '../audit/routes.ts'
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

const AUDIT_EXAMPLE = {
  id: '12',
  at: '2026-01-31T12:05:00.000Z',
  actor: 'admin',
  action: 'service.changed',
  subject: 'exchange-online',
  data: { before: { isActive: true }, after: { isActive: false } },
}

/** What the operator alone may do: the catalogue, and what was done. */
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
