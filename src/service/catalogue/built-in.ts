import type { ServiceEntry } from '../service.ts'
import { ai } from './ai.ts'
import { airlinesAndTravel } from './airlines-and-travel.ts'
import { banks } from './banks.ts'
import { businessTools } from './business-tools.ts'
import { carriersOfAfricaAndMiddleEast } from './carriers-of-africa-and-middle-east.ts'
import { carriersOfAsiaAndOceania } from './carriers-of-asia-and-oceania.ts'
import { carriersOfCentralEurope } from './carriers-of-central-europe.ts'
import { carriersOfSouthernAndNorthernEurope } from './carriers-of-southern-and-northern-europe.ts'
import { carriersOfTheAmericas } from './carriers-of-the-americas.ts'
import { carriersOfWesternEurope } from './carriers-of-western-europe.ts'
import { cloudAndCdn } from './cloud-and-cdn.ts'
import { developerTools } from './developer-tools.ts'
import { devicesAndHome } from './devices-and-home.ts'
import { education } from './education.ts'
import { foodAndDelivery } from './food-and-delivery.ts'
import { games } from './games.ts'
import { mailAndOffice } from './mail-and-office.ts'
import { messaging } from './messaging.ts'
import { music } from './music.ts'
import { newsAndKnowledge } from './news-and-knowledge.ts'
import { payments } from './payments.ts'
import { publicServices } from './public-services.ts'
import { securityAndIdentity } from './security-and-identity.ts'
import { shops } from './shops.ts'
import { social } from './social.ts'
import { video } from './video.ts'

/** The services that every instance knows from the start. */
export const BUILT_IN_SERVICES: readonly ServiceEntry[] = [
  ...mailAndOffice,
  ...messaging,
  ...social,
  ...carriersOfWesternEurope,
  ...carriersOfCentralEurope,
  ...carriersOfSouthernAndNorthernEurope,
  ...carriersOfTheAmericas,
  ...carriersOfAsiaAndOceania,
  ...carriersOfAfricaAndMiddleEast,
  ...cloudAndCdn,
  ...developerTools,
  ...ai,
  ...businessTools,
  ...securityAndIdentity,
  ...payments,
  ...banks,
  ...shops,
  ...foodAndDelivery,
  ...airlinesAndTravel,
  ...video,
  ...music,
  ...games,
  ...devicesAndHome,
  ...newsAndKnowledge,
  ...education,
  ...publicServices,
]
