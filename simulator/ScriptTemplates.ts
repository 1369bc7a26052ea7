import { paged } from './Paging'
import * as Problems from './Problems'
import { isAnswer, queriedFlag, queriedWord } from './Query'
import type { Switches } from './Switches'
import type { Call, Result, ScriptTemplate } from './Types'

/** The types behind the words of the query. That the scripts for numbers, which run on the SBC, count as its own is made up. */
const types = { Any: [0, 1, 2, 3, 4], SBC: [0, 1, 2], M365: [3, 4] } as const

const words = ['Any', 'SBC', 'M365'] as const

const shown = (script: ScriptTemplate, allDetails: boolean, switches: Switches) => {
  const whole = allDetails && switches.scriptDetails === 'shown'
  return {
    id: script.id,
    name: script.name,
    scriptType: script.scriptType,
    description: script.description,
    script: whole ? `# ${script.name}` : null,
    customerVariables: whole ? script.variables : null,
    relatedScripts: allDetails || switches.relatedScripts === 'always' ? script.relatedScripts : null
  }
}

/** `GET /api/v2/scripttemplates?scriptType=Any&allDetails=true`; pages of 10, from 0. */
export const listScriptTemplates = (call: Call): Result => {
  const { state } = call
  const allDetails = queriedFlag(call, 'allDetails')
  if (isAnswer(allDetails)) return [state, allDetails]
  const scriptType = queriedWord(call, 'scriptType', words)
  if (isAnswer(scriptType)) return [state, scriptType]
  const wanted: readonly number[] = types[scriptType ?? 'Any']
  const page = paged(
    call,
    state.scripts.filter((script) => wanted.includes(script.scriptType)),
    { first: 0, size: 10 }
  )
  if (isAnswer(page)) return [state, page]
  return [
    state,
    Problems.json(
      200,
      page.items.map((script) => shown(script, allDetails, state.switches))
    )
  ]
}
