/** How a leaked key is ended at its provider. Commands are shown and never run here: they need a key that is worth more than the leaked one. */
export interface VendorWay {
  /** What the provider's page calls it, or what is to be known of it. */
  readonly words?: string;
  readonly command?: string;
  /** Where the provider shows what was used. */
  readonly usageUrl?: string;
}

/** Source: the providers' own documentation, looked at in November 2026. */
const WAYS: Readonly<Record<string, VendorWay>> = {
  anthropic: {
    words: 'Disable or delete it in the console. With an admin key it goes by a request, too:',
    command:
      'curl https://api.anthropic.com/v1/organizations/api_keys/API_KEY_ID -H "x-api-key: $ADMIN_KEY" -H "anthropic-version: 2023-06-01" --json \'{"status":"inactive"}\'',
    usageUrl: 'https://platform.claude.com/usage',
  },
  openai: {
    words: 'Revoke it in the console. With an admin key it goes by a request, too:',
    command:
      'curl -X DELETE https://api.openai.com/v1/organization/projects/PROJECT_ID/api_keys/KEY_ID -H "Authorization: Bearer $ADMIN_KEY"',
    usageUrl: 'https://platform.openai.com/usage',
  },
  openrouter: {
    words: 'Delete it in the settings. With a management key it goes by a request, too:',
    command:
      'curl -X DELETE https://openrouter.ai/api/v1/keys/KEY_HASH -H "Authorization: Bearer $MANAGEMENT_KEY"',
    usageUrl: 'https://openrouter.ai/activity',
  },
  google: {
    words: 'A deleted key can be restored for 30 days: look who may do that. By command:',
    command: 'gcloud services api-keys delete KEY_ID',
    usageUrl: 'https://aistudio.google.com/usage',
  },
  azure: {
    words: 'The old one works no more at once: move everything else to the second key first. By command:',
    command:
      'az cognitiveservices account keys regenerate --name NAME --resource-group GROUP --key-name Key1',
  },
  bedrock: {
    words:
      'A long-term key is a credential of a user in IAM: make it inactive, reset or delete it there. A short-term key ends by a policy that denies it.',
    command: 'aws iam delete-service-specific-credential --service-specific-credential-id CREDENTIAL_ID',
  },
  deepseek: { usageUrl: 'https://platform.deepseek.com/usage' },
  mistral: { usageUrl: 'https://console.mistral.ai/usage' },
};

/** The nearest that is known: `bedrock-converse` goes as `bedrock`. Empty for an endpoint of the operator's. */
export function wayOf(provider: string): VendorWay {
  return WAYS[provider] ?? WAYS[provider.split('-')[0] ?? ''] ?? {};
}
