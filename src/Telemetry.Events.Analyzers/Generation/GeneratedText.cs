using System.Text;

namespace Telemetry.Events.Analyzers.Generation;

/// <summary>Text of a generated file, with its indentation.</summary>
internal sealed class GeneratedText
{
    /// <summary>Names the generator in <c>[GeneratedCode]</c>.</summary>
    public const string Tool = "Telemetry.Events.Analyzers";

    private static readonly string Version = typeof(GeneratedText).Assembly.GetName().Version.ToString();

    private readonly StringBuilder _text = new();
    private int _depth;

    public static string Marker => $"[global::System.CodeDom.Compiler.GeneratedCode(\"{Tool}\", \"{Version}\")]";

    public GeneratedText Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _depth * 4).Append(text);
        _text.Append('\n');
        return this;
    }

    public GeneratedText Open()
    {
        Line("{");
        _depth++;
        return this;
    }

    public GeneratedText Close(string end = "")
    {
        _depth--;
        return Line("}" + end);
    }

    public override string ToString() => _text.ToString();
}
