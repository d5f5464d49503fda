import type { Context } from 'hono'
import type { Frame } from '../../web/pages/frame.ts'
import { localeOf } from '../../web/strings/format.ts'
import { DEFAULT_LANGUAGE, isLanguage, type Language } from '../../web/strings/language.ts'
import type { Ports } from '../ports.ts'

const names = new WeakMap<Ports['asset'], Record<string, string>>()

/** Addresses of built assets by plain name, as the build wrote them down. */
function assetNames(asset: Ports['asset']): Record<string, string> {
  let known = names.get(asset)
  if (!known) {
    const manifest = asset('manifest.json')
    const text =
      manifest === null
        ? '{}'
        : typeof manifest.body === 'string'
          ? manifest.body
          : new TextDecoder().decode(manifest.body)
    known = JSON.parse(text) as Record<string, string>
    names.set(asset, known)
  }
  return known
}

const LANGUAGE_PREFIX = /^\/([a-z]{2})(?=\/|$)/

/** The language that a path asks for, and the path without it. */
export function splitPath(path: string): { language: Language; rest: string } {
  const prefix = LANGUAGE_PREFIX.exec(path)?.[1]
  if (prefix === undefined || !isLanguage(prefix) || prefix === DEFAULT_LANGUAGE)
    return { language: DEFAULT_LANGUAGE, rest: path }
  return { language: prefix, rest: path.slice(prefix.length + 1) || '/' }
}

export function frameOf(c: Context<{ Bindings: Ports }>): Frame {
  const { pathname, search } = new URL(c.req.url)
  const { language, rest } = splitPath(pathname)
  const assets = assetNames(c.env.asset)
  return {
    locale: localeOf(language),
    path: rest + search,
    origin: originOf(c),
    asset: (name) => assets[name] ?? `/assets/${name}`,
  }
}

/**
 * The public address. Without one in the settings it is taken from the request on this machine alone: elsewhere a forged Host
 * would stand in pages that are kept for everyone.
 */
function originOf(c: Context<{ Bindings: Ports }>): string {
  const { publicUrl } = c.env.settings
  if (publicUrl !== null) return publicUrl.replace(/\/+$/, '')
  const { origin, hostname } = new URL(c.req.url)
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]' ? origin : ''
}
