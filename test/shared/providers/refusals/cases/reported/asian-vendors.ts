import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OVERLOADED,
  REFUSED,
  REJECTED,
} from '../wants.ts';

const coded = (code: string, message: string): object => ({ error: { code, message } });

/** Of vendors who answer in Chinese too, and of the gateways that sell on what others make. */
export const ASIAN_REPORTS: readonly Row[] = [
  [
    'Moonshot, at once',
    undefined,
    429,
    openAi(
      'Your account org-1<ak-2> request reached max organization concurrency: 1, please try again after 1 seconds',
      { type: 'rate_limit_reached_error' },
    ),
    LIMITED,
  ],
  [
    'Moonshot, a minute',
    undefined,
    429,
    openAi('Your account org-1 / proj-2 request reached project TPM rate limit, current: 1410, limit: 1000', {
      type: 'rate_limit_reached_error',
    }),
    LIMITED,
  ],
  [
    'SiliconFlow, a model',
    undefined,
    400,
    { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
    NO_MODEL,
  ],
  [
    'SiliconFlow, money',
    undefined,
    403,
    { code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
    NO_CREDIT,
  ],
  [
    'SiliconFlow, a model that is off',
    undefined,
    403,
    { code: 30003, message: 'Model disabled.', data: null },
    NO_ACCESS,
  ],
  [
    'SiliconFlow, full',
    undefined,
    503,
    { code: 50603, message: 'System is too busy now. Please try again later.' },
    OVERLOADED,
  ],
  ['SiliconFlow, a key', undefined, 401, '"Api key is invalid"', REJECTED],
  [
    'DashScope, not bought',
    undefined,
    403,
    coded(
      'AccessDenied.Unpurchased',
      'Access to model denied. Please make sure you are eligible for using the model.',
    ),
    NO_ACCESS,
  ],
  [
    'DashScope, what was free',
    undefined,
    403,
    coded(
      'AllocationQuota.FreeTierOnly',
      'The free tier of the model has been exhausted. To continue on a paid basis, disable the "use free tier only" mode in the console.',
    ),
    NO_CREDIT,
  ],
  [
    'DashScope, too fast a start',
    undefined,
    429,
    coded(
      'limit_burst_rate',
      'Request rate increased too quickly. To ensure system stability, please adjust your client logic to scale requests more smoothly over time.',
    ),
    LIMITED,
  ],
  [
    'DashScope, a field',
    undefined,
    400,
    coded(
      'invalid_parameter_error',
      'parameter.enable_thinking must be set to false for non-streaming calls',
    ),
    BAD_REQUEST,
  ],
  [
    'Zhipu, at once',
    undefined,
    429,
    coded('1302', '您当前使用该API的并发数过高，请降低并发，或联系客服增加限额。'),
    LIMITED,
  ],
  [
    'Zhipu, five hours',
    undefined,
    429,
    coded('1308', '已达到 5 小时的使用上限。您的限额将在 2026-11-28 18:00:00 重置。'),
    LIMITED,
  ],
  ['Zhipu, full', undefined, 429, coded('1305', '该模型当前访问量过大，请您稍后再试'), OVERLOADED],
  ['Zhipu, a model', undefined, 400, coded('1211', '模型不存在，请检查模型代码。'), NO_MODEL],
  ['Zhipu, not for this key', undefined, 403, coded('1220', '您无权访问glm-5.1。'), NO_ACCESS],
  ['Zhipu, too long', undefined, 400, coded('1261', 'Prompt 超长'), CONTEXT],
  [
    'Zhipu, a goal',
    undefined,
    400,
    coded('1301', '系统检测到输入或生成内容可能包含不安全或敏感内容，请您避免输入易产生敏感内容的提示语。'),
    REFUSED,
  ],
  [
    'MiniMax, a key',
    undefined,
    401,
    {
      base_resp: {
        status_code: 1004,
        status_msg:
          "login fail: Please carry the API secret key in the 'Authorization' field of the request header",
      },
    },
    REJECTED,
  ],
  [
    'MiniMax, money',
    undefined,
    200,
    { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    NO_CREDIT,
  ],
  [
    'Ark, a model that was not opened',
    undefined,
    404,
    coded(
      'ModelNotOpen',
      'Your account 21 has not activated the model doubao-seed-1-6. Please activate the model service in the Ark Console.',
    ),
    NO_ACCESS,
  ],
  [
    'Ark, money',
    undefined,
    403,
    coded('AccountOverdueError', 'The request failed because your account has an overdue balance.'),
    NO_CREDIT,
  ],
  [
    'Ark, a limit of one’s own',
    undefined,
    429,
    coded(
      'SetLimitExceeded',
      'Your account [21] has reached the set inference limit for the [doubao] model, and the model service has been paused. To continue, please visit the Model Activation page to adjust or close the "Safe Experience Mode".',
    ),
    NO_CREDIT,
  ],
  [
    'Ark, full',
    undefined,
    429,
    coded(
      'ServerOverloaded',
      'The service is currently unable to handle additional requests due to server overload.',
    ),
    OVERLOADED,
  ],
  [
    'Qianfan, a key',
    undefined,
    401,
    coded('invalid_iam_token', 'Certification failed, no permission to access'),
    REJECTED,
  ],
  [
    'Hunyuan, a package',
    undefined,
    403,
    coded('FailedOperation.ResourcePackExhausted', '资源包余量已用尽，请购买资源包或开通后付费。'),
    NO_CREDIT,
  ],
  [
    'Novita, a key',
    undefined,
    403,
    { code: 403, reason: 'FAILED_TO_AUTH', message: 'fail to validate api key' },
    REJECTED,
  ],
  [
    'Novita, money',
    undefined,
    403,
    { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
    NO_CREDIT,
  ],
  [
    'New API, nobody behind it',
    undefined,
    503,
    coded('model_not_found', '当前分组 default 下对于模型 gpt-4o 无可用渠道 (request id: 2026)'),
    NO_MODEL,
  ],
  [
    'New API, a used-up token',
    undefined,
    401,
    openAi('该令牌额度已用尽 TokenStatusExhausted[sk-***abc]'),
    NO_CREDIT,
  ],
  ['New API, a token', undefined, 401, openAi('无效的令牌 (request id: 2026)'), REJECTED],
  ['New API, a user', undefined, 403, openAi('用户已被封禁 (request id: 2026)'), REJECTED],
  [
    'New API, money',
    undefined,
    403,
    openAi('预扣费额度失败, 用户剩余额度: ＄0.1, 需要预扣费额度: ＄0.2'),
    NO_CREDIT,
  ],
  ['New API, a model', undefined, 403, openAi('该令牌无权访问模型 gpt-4o'), NO_ACCESS],
  ['New API, full', undefined, 429, openAi('当前分组上游负载已饱和，请稍后再试'), OVERLOADED],
];
