/** The sample CDK app: `npx cdk synth` and `npm start` both run it. */
import { App } from 'aws-cdk-lib';
import { ChatStack } from './samples/chat';
import { EcommerceStack } from './samples/ecommerce';
import { IotStack } from './samples/iot';

const app = new App();
new EcommerceStack(app, 'Ecommerce');
new ChatStack(app, 'Chat');
new IotStack(app, 'Iot');
app.synth();
