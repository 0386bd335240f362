/**
 * Words that Bedrock, the Messages API and IAM use in error messages of their own: that one of them stands in an error says
 * nothing about the request, even if the request holds it too.
 */
export const KNOWN_WORDS: ReadonlySet<string> = new Set((
  // English
  'a about above access account action actions active after again all allowed allows already also an and another any are array as at available based be because been '
  + 'before beginning below between body both boundary but by call can cannot check contact correct could default denied deny details did different do does doesn don due '
  + 'each either empty end error errors exactly exceed exceeds expected explicit extra failed few field fields find first following for format found from given greater '
  + 'has have here identity if in input inputs instead into invalid is isn it its large least length less limit long longer many match maximum may minimum missing more '
  + 'most must name new no non none not number object of off on one only optional or order other our output over parameter parameters perform permissions permitted please '
  + 'policy prefix present property provide provided range received refer request requests required requires resource resources retry s same schema see service should '
  + 'size sent set start string submitted such supported t than that the their them then there these they this time to together too try try trying type types unable '
  + 'unexpected unknown unsupported up use used user users using valid value values was we were when which will with within without you your '
  // The APIs' own names
  + 'additionalmodelrequestfields ai amazon anthropic api arn assistant authorized aws base64 bedrock block blocks boolean budget budgettokens cache cachepoint character '
  + 'characters choice claude constraint content context control conversation converse count data document ephemeral exception filter guardrail haiku identifier image images '
  + 'inference inferenceconfig int integer invoke invokemodel invokemodelwithresponsestream json key keys last list marketplace max maxtokens media message messages model '
  + 'models p parts profile prompt quota quotas rate reasoning region result results role roles satisfy sequence sequences server session source specified stop stream '
  + 'subscription system systems temperature text thinking throttling token tokens tool toolchoice toolconfig toolresult tools tooluse top topk topp trailing ttl turn turns '
  + 'validation version whitespace'
).split(' '));
