/** A word without the ending that makes it a plural, a past or a participle. */
const stem = (word: string) => word.toLowerCase().replace(/(?<=\w{4})(?:ing|e?[sd]?)$/, '');

const STEMS: ReadonlySet<string> = new Set((
  // English
  'a about above access account action active after again all allows already also an and another any are array as at available based be because been before begin beginning '
  + 'being below between body both boundary but by call can cannot case cause check checksum complete contact correct could current currently daily default demand denied '
  + 'details did different do does doesn don due during each earlier either empty encountered end error every exactly exceed exceeds exist expected expiration expired '
  + 'explicit extra failed few field fields fill find first following for form format found from function further given greater has have here how id identity if in '
  + 'included incorrect information input instead internal into invalid is isn issue it its large later least legacy length less life limit long longer malformed many '
  + 'marked match maximum may method min minimum minute missing more most must name needs new no non none not now null number object of off on once one only optional or '
  + 'order other our out output over overloaded own parameter per perform permissions permitted please policy prefix present process processed property provide range reached read '
  + 'received refer request required resource restricted retry returned s same schema seconds see sent service set should signature size standards start still string '
  + 'submit submitted such sufficient supported t temporarily than that the their them then there these they this time timeout to together too try trying type unable '
  + 'undefined unexpected unknown unsupported up upgrade use used user using valid value version wait was we were when which will with within without you your '
  // The APIs' own names
  + 'additionalmodelrequestfields ai amazon anthropic api arn assistant authentication authorized aws base64 bedrock block boolean budget budgettokens cache cachepoint '
  + 'character choice claude client config constraint content context control conversation converse count credentials data date document endpoint ephemeral exception '
  + 'filter guardrail haiku header identifier image index inference inferenceconfig int integer invoke invokemodel invokemodelwithresponsestream json key keys last list '
  + 'marketplace max maxtokens media message model operation organization p parts payment principal profile program prompt provider quota rate reasoning redacted region '
  + 'result role satisfy security sequence server session source specified stop stream structured subscribe subscription system temperature text thinking throttling '
  + 'throughput tier token tool toolchoice toolconfig toolresult tooluse top topk topp trailing ttl turn validation vpc whitespace'
).split(' ').map(stem));

/**
 * Whether Bedrock, the Messages API and IAM use a word in error messages of their own: that it stands in an error says nothing
 * about the request or the answer, even if these hold it too. Nothing else of such a message is logged.
 */
export function isKnown(word: string): boolean {
  return STEMS.has(stem(word));
}
