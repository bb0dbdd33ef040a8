import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** What veraPDF says of PDF files: a line for each file and standard, and one for each rule that the file breaks. */
class VeraPdf {
    static final List<PDFAFlavour> STANDARDS = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);

    public static void main(String[] files) {
        VeraGreenfieldFoundryProvider.initialise();
        var foundry = Foundries.defaultInstance();
        for (String file : files) {
            try (InputStream bytes = Files.newInputStream(Path.of(file));
                    var parser = foundry.createParser(bytes);
                    var validator = foundry.createValidator(STANDARDS)) {
                for (var result : validator.validateAll(parser)) {
                    String standard = result.getPDFAFlavour().getId();
                    say(file, standard, result.isCompliant() ? "valid" : "invalid");
                    result.getFailedChecks().forEach((rule, times) -> {
                        String description = result.getValidationProfile().getRuleByRuleId(rule).getDescription();
                        String name = rule.getClause() + "-" + rule.getTestNumber();
                        say(file, standard, "rule " + name + ", " + times + " times: " + description);
                    });
                }
            } catch (Exception error) {
                say(file, "any", "not a PDF that can be read: " + error);
            }
        }
    }

    static void say(String file, String standard, String what) {
        System.out.println(String.join("\t", file, standard, what.replaceAll("\\s+", " ")));
    }
}
