/**
 * The use-case form that Anthropic asks for once, before an account or its organization first calls one of its models.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html
 */
export interface UseCaseForm {
  /**
   * The name of the company.
   */
  readonly companyName: string;

  /**
   * The company's website, or a page about the project.
   */
  readonly companyWebsite: string;

  /**
   * Who will use it: `0` for internal users, `1` for external ones.
   */
  readonly intendedUsers: string;

  /**
   * The industry, as the form in the console names it.
   */
  readonly industryOption: string;

  /**
   * The industry in your own words, where the form names none that fits.
   *
   * @default - none
   */
  readonly otherIndustryOption?: string;

  /**
   * What the model will be used for.
   */
  readonly useCases: string;
}
