using Telemetry.Collector.Prometheus;

namespace Telemetry.Collector.Tests.Prometheus;

public class PrometheusSelectorTests
{
    [Fact]
    public void Matchers_stand_in_the_order_in_which_they_were_added()
    {
        var selector = PrometheusSelector.For("node_cpu_seconds_total").Where("instance", "a:9100").WhereNot("mode", "idle");

        Assert.Equal("""node_cpu_seconds_total{instance="a:9100",mode!="idle"}""", selector.ToString());
    }

    [Fact]
    public void Adding_a_matcher_leaves_the_original_as_it_was()
    {
        var original = PrometheusSelector.For("up");
        original.Where("job", "node");

        Assert.Equal("up", original.ToString());
    }

    [Theory]
    [InlineData("""a"} or up{job="b""", """up{job="a\"} or up{job=\"b"}""")]
    [InlineData(@"a\", """up{job="a\\"}""")]
    [InlineData("a\nb\tc\0", """up{job="a\u000ab\u0009c\u0000"}""")]
    [InlineData("Ü日😀", """up{job="Ü日😀"}""")]
    [InlineData("\ufffd", """up{job="\ufffd"}""")]
    [InlineData(".*", """up{job=".*"}""")]
    public void Label_values_cannot_end_their_string(string value, string expected) =>
        Assert.Equal(expected, PrometheusSelector.For("up").Where("job", value).ToString());

    [Fact]
    public void Any_of_several_values_are_taken_literally_and_one_alone_is_an_equality()
    {
        var up = PrometheusSelector.For("up");

        Assert.Equal("""up{job="a.*"}""", up.WhereAny("job", ["a.*"]).ToString());
        Assert.Equal("""up{job=~"a\\.\\*|b\"\\} or up|c\\|d\\\\"}""", up.WhereAny("job", ["a.*", "b\"} or up", "c|d\\"]).ToString());
        Assert.Throws<ArgumentException>(() => up.WhereAny("job", []));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_as_its_encoding_would()
    {
        var selector = PrometheusSelector.For("up").Where("job", "a" + (char)0xd800);

        Assert.Equal("""up{job="a\ufffd"}""", selector.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1up")]
    [InlineData("up{}")]
    [InlineData("up\n")]
    public void Metric_names_are_checked(string metric) =>
        Assert.Throws<ArgumentException>(() => PrometheusSelector.For(metric));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    public void Label_names_are_checked(string label) =>
        Assert.Throws<ArgumentException>(() => PrometheusSelector.For("up").Where(label, ""));
}
