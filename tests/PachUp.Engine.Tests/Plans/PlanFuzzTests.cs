using System.Text;
using PachUp.Engine.Plans;

namespace PachUp.Engine.Tests.Plans;

public class PlanFuzzTests
{
    private const string Alphabet = " \t\n:-{}[]\"'#&*!|>%@`$.,?~abc019\u00e9";

    [Fact]
    public void A_damaged_plan_is_either_read_or_refused_with_its_mistakes()
    {
        var random = new Random(20190613);
        var loader = StandInSteps.Loader();
        for (var i = 0; i < 3000; i++)
        {
            var text = Damage(ShippedPlan.Text, random);

            var failure = Record.Exception(() => loader.Parse(text, "plan.yaml"));

            Assert.True(failure is null or InvalidPlanException { Mistakes.IsEmpty: false }, $"{failure}\n{text}");
        }
    }

    private static string Damage(string text, Random random)
    {
        var damaged = new StringBuilder(text);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(damaged.Length);
            _ = random.Next(3) switch
            {
                0 => damaged.Remove(at, Math.Min(random.Next(1, 40), damaged.Length - at)),
                1 => damaged.Insert(at, Alphabet[random.Next(Alphabet.Length)]),
                _ => damaged.Replace(damaged[at], Alphabet[random.Next(Alphabet.Length)], at, 1),
            };
        }

        return damaged.ToString();
    }
}
