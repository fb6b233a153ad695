// SPDX-License-Identifier: Apache-2.0

import Testing

/// A request signed by the vendor's own SDK (alibabacloud-tea-openapi 0.4.6), with the values on the way.
struct SignedRequestVector: Sendable, CustomTestStringConvertible {
  let name: String
  let target: String
  let body: String
  let canonicalRequest: String
  let stringToSign: String
  let authorization: String
  let secret: String

  var testDescription: String { name }
}

extension SignedRequestVector {
  static let all: [SignedRequestVector] = [
    SignedRequestVector(
      name: "V1",
      target: #"/?MaxResults=50&Name=web-base&RegionId=cn-hangzhou"#,
      body: #""#,
      canonicalRequest: #"""
        POST
        /
        MaxResults=50&Name=web-base&RegionId=cn-hangzhou
        accept:application/json
        host:ecs-cn-hangzhou.aliyuncs.com
        user-agent:AlibabaCloud test-vector
        x-acs-action:DescribeImageComponents
        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-acs-credentials-provider:static_ak
        x-acs-date:2026-01-02T03:04:05Z
        x-acs-signature-nonce:00112233445566778899aabbccddeeff
        x-acs-version:2014-05-26

        accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        2f0250152c5a45b36e256df5317131a605268ef563bd0f76fc52154494882509
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleAccessKeyId,SignedHeaders=accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=0c7e9c077cbd3affd8f6da9027072ea3fedda0dcf61f09f2fbf3d90945edb70a",
      secret: "ExampleAccessKeySecret0123456789"),
    SignedRequestVector(
      name: "V1b",
      target: #"/?MaxResults=50&Name=web-base&RegionId=cn-hangzhou"#,
      body: #""#,
      canonicalRequest: #"""
        POST
        /
        MaxResults=50&Name=web-base&RegionId=cn-hangzhou
        host:ecs.cn-hangzhou.aliyuncs.com
        x-acs-action:DescribeImageComponents
        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-acs-date:2026-01-02T03:04:05Z
        x-acs-signature-nonce:00112233445566778899aabbccddeeff
        x-acs-version:2014-05-26

        host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        d8516703e84c8609929519c7dce43548a2610cc70c7aa07af861c95919fb9068
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=905a0c17979e5ec63294de59817bb53a3781c39dc034babbc2613cab19803d65",
      secret: "ExampleAccessKeySecret0123456789"),
    SignedRequestVector(
      name: "V2",
      target:
        #"/?ClientToken=123e4567-e89b-12d3-a456-426655440000&ImagePipelineId=ip-2ze0000000000000001&RegionId=cn-beijing"#,
      body: #""#,
      canonicalRequest: #"""
        POST
        /
        ClientToken=123e4567-e89b-12d3-a456-426655440000&ImagePipelineId=ip-2ze0000000000000001&RegionId=cn-beijing
        accept:application/json
        host:ecs.cn-beijing.aliyuncs.com
        user-agent:AlibabaCloud test-vector
        x-acs-accesskey-id:STS.ExampleStsKeyId
        x-acs-action:StartImagePipelineExecution
        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-acs-credentials-provider:static_sts
        x-acs-date:2026-01-02T03:04:05Z
        x-acs-security-token:CAISexample+token/with=base64==
        x-acs-signature-nonce:ffeeddccbbaa99887766554433221100
        x-acs-version:2014-05-26

        accept;host;user-agent;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        1b78f835c916c8c81a9d976bd71540f90b3bb597469d7b20766f55f03478bada
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=STS.ExampleStsKeyId,SignedHeaders=accept;host;user-agent;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-security-token;x-acs-signature-nonce;x-acs-version,Signature=4dfbf7d3a6b3b00740f17bcd8c9ea789ffe462aae9d0e70f79d6cbbeb555d47f",
      secret: "ExampleStsSecret9876543210"),
    SignedRequestVector(
      name: "V3",
      target:
        #"/?ClientToken=tok-0001&ComponentType=Build&ComponentVersion=1.2.3&Content=RUN+echo+%22h%C3%A9llo+w%C3%B6rld+%E4%BD%A0%E5%A5%BD%22+%26%26+ls+-la+%2A.log+~%2Ftmp%0AENV+A%3D%221%2B1%3D2%22+B%3D%2250%25%22%0ARESTART%0A&Description=a%2Bb+%26+c%2Fd+%3D+e%3F+%23f&Name=%E7%BB%84%E4%BB%B6-web%3A1.0_a&RegionId=cn-hangzhou&SystemType=Linux&Tag.1.Key=empty+value&Tag.1.Value=&Tag.2.Key=k01&Tag.2.Value=v+1%2A~&Tag.3.Key=k02&Tag.3.Value=v+2%2A~&Tag.4.Key=k03&Tag.4.Value=v+3%2A~&Tag.5.Key=k04&Tag.5.Value=v+4%2A~&Tag.6.Key=k05&Tag.6.Value=v+5%2A~&Tag.7.Key=k06&Tag.7.Value=v+6%2A~&Tag.8.Key=k07&Tag.8.Value=v+7%2A~&Tag.9.Key=k08&Tag.9.Value=v+8%2A~&Tag.10.Key=k09&Tag.10.Value=v+9%2A~&Tag.11.Key=k10&Tag.11.Value=v+10%2A~"#,
      body: #""#,
      canonicalRequest: #"""
        POST
        /
        ClientToken=tok-0001&ComponentType=Build&ComponentVersion=1.2.3&Content=RUN%20echo%20%22h%C3%A9llo%20w%C3%B6rld%20%E4%BD%A0%E5%A5%BD%22%20%26%26%20ls%20-la%20%2A.log%20~%2Ftmp%0AENV%20A%3D%221%2B1%3D2%22%20B%3D%2250%25%22%0ARESTART%0A&Description=a%2Bb%20%26%20c%2Fd%20%3D%20e%3F%20%23f&Name=%E7%BB%84%E4%BB%B6-web%3A1.0_a&RegionId=cn-hangzhou&SystemType=Linux&Tag.1.Key=empty%20value&Tag.1.Value=&Tag.10.Key=k09&Tag.10.Value=v%209%2A~&Tag.11.Key=k10&Tag.11.Value=v%2010%2A~&Tag.2.Key=k01&Tag.2.Value=v%201%2A~&Tag.3.Key=k02&Tag.3.Value=v%202%2A~&Tag.4.Key=k03&Tag.4.Value=v%203%2A~&Tag.5.Key=k04&Tag.5.Value=v%204%2A~&Tag.6.Key=k05&Tag.6.Value=v%205%2A~&Tag.7.Key=k06&Tag.7.Value=v%206%2A~&Tag.8.Key=k07&Tag.8.Value=v%207%2A~&Tag.9.Key=k08&Tag.9.Value=v%208%2A~
        accept:application/json
        host:ecs-cn-hangzhou.aliyuncs.com
        user-agent:AlibabaCloud test-vector
        x-acs-action:CreateImageComponent
        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-acs-credentials-provider:static_ak
        x-acs-date:2026-07-08T09:10:11Z
        x-acs-signature-nonce:0123456789abcdef0123456789abcdef
        x-acs-version:2014-05-26

        accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        2f61a2c6f6d40fac8504a5ba996d909487f636d956bec45dc849c6a104e3581f
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleAccessKeyId,SignedHeaders=accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=b4effbfe1b6f5b910da477a17b4592d9fb6fc8fb7959d63023d528ee9ea4717f",
      secret: "ExampleAccessKeySecret0123456789"),
    SignedRequestVector(
      name: "V4",
      target:
        #"/?AddAccount.1=1234567890&AddAccount.2=9876543210&AdvancedOptions.ImageNameSuffix=disable&AdvancedOptions.RetainCloudAssistant=True&BaseImage=acs%3Aubuntu_22_04_x64&BaseImageType=IMAGE_FAMILY&BuildContent=COMPONENT+acs%3Aecs%3Aap-southeast-1%3A1234567890%3Aimagecomponent%2Fweb-base%2F1.0.%2A+--port+8080%0ARESTART&DeleteInstanceOnFailure=False&ImageOptions.ImageFamily=golden-family&ImageOptions.ImageFeatures.NvmeSupport=auto&ImageOptions.ImageName=golden&ImageOptions.ImageTags.1.Key=team&ImageOptions.ImageTags.1.Value=infra&Name=golden&RegionId=ap-southeast-1&SystemDiskSize=40&Tag.1.Key=env&Tag.1.Value=prod&ToRegionId.1=cn-hangzhou&ToRegionId.2=ap-southeast-1"#,
      body: #""#,
      canonicalRequest: #"""
        POST
        /
        AddAccount.1=1234567890&AddAccount.2=9876543210&AdvancedOptions.ImageNameSuffix=disable&AdvancedOptions.RetainCloudAssistant=True&BaseImage=acs%3Aubuntu_22_04_x64&BaseImageType=IMAGE_FAMILY&BuildContent=COMPONENT%20acs%3Aecs%3Aap-southeast-1%3A1234567890%3Aimagecomponent%2Fweb-base%2F1.0.%2A%20--port%208080%0ARESTART&DeleteInstanceOnFailure=False&ImageOptions.ImageFamily=golden-family&ImageOptions.ImageFeatures.NvmeSupport=auto&ImageOptions.ImageName=golden&ImageOptions.ImageTags.1.Key=team&ImageOptions.ImageTags.1.Value=infra&Name=golden&RegionId=ap-southeast-1&SystemDiskSize=40&Tag.1.Key=env&Tag.1.Value=prod&ToRegionId.1=cn-hangzhou&ToRegionId.2=ap-southeast-1
        accept:application/json
        host:ecs.ap-southeast-1.aliyuncs.com
        user-agent:AlibabaCloud test-vector
        x-acs-action:CreateImagePipeline
        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        x-acs-credentials-provider:static_ak
        x-acs-date:2026-07-08T09:10:11Z
        x-acs-signature-nonce:89abcdef0123456789abcdef01234567
        x-acs-version:2014-05-26

        accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        4a591f68a3c0a1a91d83833dbbe9fac638fbf6f8d4097234f786f2a846bd0e04
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleAccessKeyId,SignedHeaders=accept;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=5bbf6f506e9b2e1ff8e9f1158a6ba1958c4b5bbf913304a7d0f52a1fd6472f9b",
      secret: "ExampleAccessKeySecret0123456789"),
    SignedRequestVector(
      name: "V5",
      target: #"/?RegionId=cn-hangzhou"#,
      body: #"Content=RUN+echo+hi%0A&Name=web+base&Tag.1.Key=a&Tag.1.Value=b+c"#,
      canonicalRequest: #"""
        POST
        /
        RegionId=cn-hangzhou
        accept:application/json
        content-type:application/x-www-form-urlencoded
        host:ecs-cn-hangzhou.aliyuncs.com
        user-agent:AlibabaCloud test-vector
        x-acs-action:CreateImageComponent
        x-acs-content-sha256:8e8367c95259b40ea06c5f004c73f9b97d469ed7dc45722781d89eff01234836
        x-acs-credentials-provider:static_ak
        x-acs-date:2026-07-08T09:10:11Z
        x-acs-signature-nonce:13579bdf02468ace13579bdf02468ace
        x-acs-version:2014-05-26

        accept;content-type;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version
        8e8367c95259b40ea06c5f004c73f9b97d469ed7dc45722781d89eff01234836
        """#,
      stringToSign: #"""
        ACS3-HMAC-SHA256
        38cf417b47aa8809cdbf15b1583649f1d9dc6827dcd8129391608478ea2c8ede
        """#,
      authorization:
        "ACS3-HMAC-SHA256 Credential=LTAI5tExampleAccessKeyId,SignedHeaders=accept;content-type;host;user-agent;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=c0f0c3084e5f890dcd7a5d31c93d9b050a741803097a6aeeb9b0fa5f0e47a011",
      secret: "ExampleAccessKeySecret0123456789"),
  ]
}

/// Parameters signed by the vendor's own SDK in the older way.
struct SignedParametersVector: Sendable, CustomTestStringConvertible {
  let name: String
  let canonicalQuery: String
  let stringToSign: String
  let secret: String
  let signature: String

  var testDescription: String { name }
}

extension SignedParametersVector {
  static let all: [SignedParametersVector] = [
    SignedParametersVector(
      name: "R1",
      canonicalQuery:
        "AccessKeyId=LTAI5tExampleAccessKeyId&Action=DescribeImagePipelines&Format=json&ImagePipelineId.1=ip-a&ImagePipelineId.2=ip-b&MaxResults=100&RegionId=cn-hangzhou&SignatureMethod=HMAC-SHA1&SignatureNonce=00112233445566778899aabbccddeeff&SignatureVersion=1.0&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2014-05-26",
      stringToSign:
        "POST&%2F&AccessKeyId%3DLTAI5tExampleAccessKeyId%26Action%3DDescribeImagePipelines%26Format%3Djson%26ImagePipelineId.1%3Dip-a%26ImagePipelineId.2%3Dip-b%26MaxResults%3D100%26RegionId%3Dcn-hangzhou%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D00112233445566778899aabbccddeeff%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2014-05-26",
      secret: "ExampleAccessKeySecret0123456789",
      signature: "5m5Zmp8LQFBviWdHmoOPXe0EDKk="),
    SignedParametersVector(
      name: "R2",
      canonicalQuery:
        "AccessKeyId=STS.ExampleStsKeyId&Action=CreateImageComponent&Content=RUN%20echo%20%22%E4%BD%A0%E5%A5%BD%20%2A~%22%20%26%26%20true%0ARESTART&Format=json&Name=web&RegionId=cn-hangzhou&SecurityToken=CAISexample%2Btoken%2Fwith%3Dbase64%3D%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=ffeeddccbbaa99887766554433221100&SignatureVersion=1.0&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2014-05-26",
      stringToSign:
        "POST&%2F&AccessKeyId%3DSTS.ExampleStsKeyId%26Action%3DCreateImageComponent%26Content%3DRUN%2520echo%2520%2522%25E4%25BD%25A0%25E5%25A5%25BD%2520%252A~%2522%2520%2526%2526%2520true%250ARESTART%26Format%3Djson%26Name%3Dweb%26RegionId%3Dcn-hangzhou%26SecurityToken%3DCAISexample%252Btoken%252Fwith%253Dbase64%253D%253D%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dffeeddccbbaa99887766554433221100%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2014-05-26",
      secret: "ExampleStsSecret9876543210",
      signature: "e3eLRhLy1NYJSAQCSqZD7OA2Pww="),
    SignedParametersVector(
      name: "R3",
      canonicalQuery:
        "AccessKeyId=LTAI5tExampleAccessKeyId&Action=AssumeRole&DurationSeconds=3600&Format=JSON&RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fimage-builder&RoleSessionName=recipe-ci&SignatureMethod=HMAC-SHA1&SignatureNonce=5d41402a-bc4b-2a76-b971-9d911017c592&SignatureVersion=1.0&Timestamp=2026-01-02T03%3A04%3A05Z&Version=2015-04-01",
      stringToSign:
        "GET&%2F&AccessKeyId%3DLTAI5tExampleAccessKeyId%26Action%3DAssumeRole%26DurationSeconds%3D3600%26Format%3DJSON%26RoleArn%3Dacs%253Aram%253A%253A1234567890123456%253Arole%252Fimage-builder%26RoleSessionName%3Drecipe-ci%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3D5d41402a-bc4b-2a76-b971-9d911017c592%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2015-04-01",
      secret: "ExampleAccessKeySecret0123456789",
      signature: "LKl4q6uJGQlg2xOyRyq6lkHvp/E="),
  ]
}
