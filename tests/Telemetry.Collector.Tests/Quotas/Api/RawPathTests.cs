using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Telemetry.Collector.Quotas.Api;

namespace Telemetry.Collector.Tests.Quotas.Api;

public class RawPathTests
{
    [Theory]
    [InlineData("/v1/quotas/ann/gpu/check", 5, "ann")]
    [InlineData("/v1/quotas/ann/gpu/check/", 5, "ann")]
    [InlineData("/v1/quotas/ann/gpu/check?x=/a/b", 5, "ann")]
    [InlineData("http://host:80/v1/quotas/ann/gpu/check", 5, "ann")]
    [InlineData("/v1/quotas/a%2Fb/gpu/check", 5, "a/b")]
    [InlineData("/v1/quotas/a%252Fb/gpu/check", 5, "a%2Fb")]
    [InlineData("/v1/quotas/a+b%20c/gpu/check", 5, "a+b c")]
    [InlineData("/v1/quotas/%D0%B0%F0%9F%98%80/gpu/check", 5, "а\U0001F600")]
    public void A_name_is_what_the_caller_wrote(string target, int count, string expected)
    {
        Assert.True(RawPath.TryFind(target, 2, count, out var raw) && RawPath.TryDecode(raw, out var name) && name == expected);
    }

    [Theory]
    [InlineData("/v1/quotas/x/../ann/gpu/check", 5)]
    [InlineData("/v1/./quotas/ann/gpu/check", 5)]
    [InlineData("*", 5)]
    [InlineData("", 5)]
    public void A_path_with_other_segments_than_the_endpoints_is_refused(string target, int count) =>
        Assert.False(RawPath.TryFind(target, 2, count, out _));

    [Theory]
    [InlineData("%")]
    [InlineData("%2")]
    [InlineData("%zz")]
    [InlineData("%FF")]
    [InlineData("a%ED%A0%80")]
    [InlineData("aé%20")]
    public void What_is_no_percent_encoded_UTF8_is_refused(string raw) => Assert.False(RawPath.TryDecode(raw, out _));

    [Property]
    public void Every_name_comes_back(NonEmptyString name)
    {
        // Half a pair is no text that could be sent.
        var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name.Get + new string('x', name.Get.Length % 300)));

        Assert.True(RawPath.TryDecode(Uri.EscapeDataString(text), out var decoded));
        Assert.Equal(text, decoded);
    }
}
